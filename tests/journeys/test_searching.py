"""A planner searches at 320 pixels and by keyboard; a child replies to “Did we hear you right?” without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme
from insights.publications.member_checks import actions
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)
from tests.insights.publications.test_results import draft, published, release  # noqa: F401  (fixtures)
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_words_are_looked_up_and_a_child_says_whether_we_heard_right(
    signed_in,
    tablet,
    published,  # noqa: F811
    officer,  # noqa: F811
    colleague,  # noqa: F811
):
    page = signed_in("planner", width=320)
    page.goto("/insights/search/")
    page.get_by_label("Words").focus()
    page.keyboard.type("lihgts")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="lights", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Found").wait_for()
    assert page.locator("mark").first.inner_text() == "lights" and sideways(page) <= 0
    assert findings(page) == []
    page.get_by_role("link", name="More like this").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Words that share its rarer words").wait_for()

    today = timezone.localdate()
    check = actions.begin_member_check(
        release=published.release, theme=Theme.objects.get(slug="lights"), by=officer, opens=today,
        closes=today + timedelta(days=9), words={"name": "Lights", "summary": "You want lights.", "easy": ""},
    )  # fmt: skip
    actions.publish_member_check(check, by=colleague)
    child = tablet(width=320, java_script_enabled=False)
    child.goto("/en/have-your-say/parks/results/")
    child.get_by_role("link", name="Lights", exact=True).click()
    child.get_by_role("button", name="Send this").click()
    child.get_by_role("alert").wait_for()
    child.get_by_role("radio", name="In part").check()
    child.get_by_role("button", name="Send this").click()
    child.get_by_role("status").wait_for()
    assert HeardAnswer.objects.get(about=check.about).choice == "partly"
    assert child.context.cookies() == []
