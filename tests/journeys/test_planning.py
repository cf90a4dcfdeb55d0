"""A planner by keyboard: from the home page to a chart, its words, its decision and evidence; a page is saved, shared,
and opened by a colleague. The pages fit 320 pixels, and axe finds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.models import User
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.releases.models import Quote
from tests import factories
from tests.insights import released
from tests.insights.decisions.conftest import said
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SPLIT = {"younger": (60, {"lights": 40, "buses": 15}), "older": (40, {"lights": 10, "buses": 15})}


@pytest.fixture
def decided(home):
    """Two releases of one consultation, words, and a published decision that cites them."""
    drafts = factories.staff("d@example.org", "insights.draft_decision", "insights.view_reports")
    officer = factories.staff("o@example.org", "insights.publish_decision", "insights.view_reports")
    points = {"gravity": 3, "links": [{"strand": 1, "sub_point": "understand-locations"}]}
    version, today = released.codebook(lights=points, buses=[], rare=[]), timezone.localdate()
    page = released.asked(home)
    for number, people in ((1, 20), (2, 50)):
        values, day = {"lights": people, "buses": 30, "rare": None}, today - timedelta(days=40 * (2 - number))
        release = released.release(page, version, values, number=number, day=day, split=SPLIT)
    people = [{"id": name, "label": name.capitalize(), "value": count, "symbol": "", "percent": count,
               "low": None, "high": None} for name, (count, _) in SPLIT.items()]  # fmt: skip
    ages = {"base": 100, "rows": people, "columns": [], "column_totals": []}
    release.figures.create(kind="about", key="q-age", title="Your age", table=ages)
    theme = Theme.objects.get(slug="lights")
    quote = Quote.objects.create(
        release=release, theme=theme, question="q-a", version=page.versions.get(), audience=page.audience,
        text="It is dark by the steps.", featured=True,
    )  # fmt: skip
    made = record_decision(by=drafts, consultations=[page], **said())
    cite_theme(decision=made, by=drafts, release=release, theme=theme, quote=quote)
    return publish_decision(decision=made, by=officer)


def press(page, name, role="link"):
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def test_from_today_to_the_evidence_and_a_page_shared(signed_in, decided):
    page, colleague = signed_in("planner", width=320), signed_in("planner", width=1280)
    User.objects.filter(groups__name="planner").update(agency=factories.agency("Council"))
    page.goto("/insights/")
    press(page, "Parks")
    press(page, "Parks")  # from the report up to its consultation
    page.get_by_role("heading", name="Who answered").wait_for()
    press(page, "Sort by how grave")
    page.wait_for_url("**sort=grave**")
    page.get_by_text("Sorted by how grave.").wait_for()
    assert page.evaluate("document.activeElement.id") == "th"  # in place: the focus stays with what changed
    press(page, "Lights")
    page.get_by_text("It is dark by the steps.").wait_for()
    assert sideways(page) <= 0
    assert findings(page) == []
    press(page, "Lights on the main paths")
    page.get_by_role("heading", name="Where it comes from").wait_for()
    press(page, "“It is dark by the steps.”")
    page.get_by_role("heading", name="What came of these words?").wait_for()

    for path in ("coverage/", "coverage/gaps/", "coverage/understand-locations/", "themes/?by=quarter"):
        page.goto(f"/insights/{path}")
        assert (sideways(page) <= 0, findings(page)) == (True, []), path
    page.goto("/insights/compare/")
    page.get_by_label("By", exact=True).select_option(label="Your age")
    press(page, "Show", "button")
    page.get_by_text("This looks at 4 numbers").wait_for()
    assert (sideways(page) <= 0, findings(page)) == (True, [])
    press(page, "Save this page")
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    press(page, "Save", "button")
    page.get_by_text("Saved.").wait_for()

    colleague.goto("/insights/saved/")
    press(colleague, "Themes by answer to “Your age”")
    colleague.get_by_text("This looks at 4 numbers").wait_for()
    assert findings(colleague) == []
