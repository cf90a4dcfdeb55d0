"""A planner records an outcome from later evidence, officers publish it with a poll, and a child walks from four words
to the decision, its evidence and the poll: in Urdu too, without a script."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect

from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.outcomes import change_polls
from insights.decisions.outcomes.models import OutcomeUpdate
from tests import factories
from tests.insights.conftest import codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions.conftest import said
from tests.insights.decisions.outcomes.conftest import earlier, later, next_wave, planner  # noqa: F401
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NO = {"outcome": "no", "reason": "There is no money for it.", "alternative": "none", "title": "Lights in all parks"}


@pytest.fixture
def decided(parks, planner, officer, colleague, earlier, later):  # noqa: F811
    made = record_decision(
        by=planner, consultations=[parks[0]], **said(slug="all-parks", decided=date(2026, 9, 1), **NO)
    )
    cite_theme(decision=made, by=planner, release=earlier, theme=Theme.objects.get(slug="lights"))
    today = timezone.localdate()
    made = publish_decision(decision=made, by=officer, today=date(2026, 9, 2))
    poll = change_polls.draft_poll(decision=made, by=officer, opens=today, closes=today + timedelta(days=9))
    change_polls.publish_poll(poll, by=colleague)
    return made


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def test_planner_officer_and_a_child_with_four_words(decided, parks, signed_in, tablet):  # noqa: F811
    words = " ".join(issue_words(response=factories.response(parks[1]), seed=b"sixteen bytes ok"))
    writer, publisher = signed_in("planner", width=1280), signed_in("engagement_officer", width=1280)
    writer.goto("/insights/outcomes/")
    writer.get_by_role("link", name="Lights in all parks").click()
    writer.get_by_role("link", name="Say what came of it").click()
    writer.get_by_label("It did not work").check()
    writer.get_by_label("What came of it").fill("The park is still dark. We did not do enough.")
    press(writer, "Save")
    writer.get_by_role("link", name="Cite what shows it").click()
    writer.get_by_role("link", name="Parks again, release 1").click()
    writer.get_by_role("link", name="Are paths light?").click()
    writer.get_by_role("link", name="Parks, release 1").click()
    writer.get_by_label("Yes: 150 people").check()
    writer.get_by_label("It worked in part").check()
    assert findings(writer) == []
    press(writer, "Cite it")
    expect(writer.get_by_text("a change of 45 in 100")).to_be_visible()
    publisher.goto(f"/insights/outcomes/of/{decided.slug}/")
    assert findings(publisher) == []
    press(publisher, "Publish it")
    expect(publisher.get_by_role("status")).to_contain_text("Published")
    assert OutcomeUpdate.objects.published().exists()

    for language, choice in (("en", 0), ("ur", 2)):
        _a_child(tablet, words, language, choice)
    assert sorted(HeardAnswer.objects.values_list("choice", flat=True)) == ["no", "yes"]


def _a_child(tablet, words, language, choice):
    with override(language):
        no, more, thanks, evidence = (get_text(k) for k in ("outcome.no", "ysd.page", "heard.thanks", "came.not"))
    child = tablet(width=320, java_script_enabled=False)
    child.goto(f"/{language}/receipt/")
    child.get_by_role("textbox").first.fill(words)
    child.locator("main form .btn").first.click()
    line = child.locator("details.fold")
    expect(line.locator(".outcome")).to_contain_text(no)
    line.locator("summary").click()
    expect(line.locator(".came")).to_contain_text(evidence)
    line.get_by_role("link", name=more).click()
    expect(child.locator("li[id^=e-]")).to_contain_text("50")
    expect(child.locator("[id^=v-]")).to_contain_text("150")
    expect(child.locator("#came ~ article")).to_contain_text("The park is still dark.")
    assert sideways(child) == 0
    child.locator("form.heard [name=heard]").nth(choice).check()
    child.locator("form.heard button").first.click()
    expect(child.locator("main [role=status]")).to_contain_text(thanks)
    assert child.context.cookies() == []
    with_script = tablet(width=320)
    with_script.goto(child.url)
    assert findings(with_script) == []
