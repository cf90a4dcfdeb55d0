"""An officer starts an evaluation with one press; when its rounds have reports, a planner reads what changed, and by which
group. Both pages fit 320 pixels, and axe finds nothing."""

import pytest

from consultation.surveys.models import ConsultationPage
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
JOKE = "A joke about how someone looks is just a joke."


def publish_rounds_with_reports():
    """Two rounds as people answered them: what no browser need show."""
    version = released.codebook(lights=[])
    for page, counts in zip(
        ConsultationPage.objects.order_by("pk")[:2], ((40, 25, 15, 10, 10), (5, 10, 20, 25, 40)), strict=True
    ):
        page.save_revision().publish(skip_permission_checks=True)
        joke = next(block.id for block in page.body if block.value["text"] == JOKE)
        group = next(block.id for block in page.body if block.value.get("bands") == "group-codes")
        report, half = evaluated.report(page, version), [count // 2 for count in counts]
        split = {group: {"A": (60, half), "B": (22, (5, 5, 4, 4, 4))}}
        evaluated.answer(report, joke, AGREEMENT, counts, title=JOKE, by=split, prefix="")


def test_an_officer_starts_an_evaluation_and_a_planner_reads_its_change(signed_in, home):
    officer = signed_in("engagement_officer", width=320)
    officer.goto("/insights/evaluations/")
    officer.get_by_text("No evaluation was asked yet.").wait_for()
    officer.get_by_role("link", name="Start an evaluation").click()
    officer.get_by_role("link", name="Banter, pressure and consent: before, after and three months on").click()
    officer.get_by_role("button", name="Make 3 drafts of it").click()
    officer.get_by_text("“What is OK between people our age? (before)” is the first of 3 drafts now.").wait_for()
    assert ConsultationPage.objects.filter(live=False).count() == 3

    publish_rounds_with_reports()
    planner = signed_in("planner", width=320)
    planner.goto("/insights/evaluations/")
    assert (sideways(planner) <= 0, findings(planner)) == (True, [])
    planner.get_by_role("link", name="What is OK between people our age?").click()
    row = planner.get_by_role("row").filter(has_text=JOKE)
    assert "65%" in row.inner_text() and "fewer: −50" in row.inner_text() and "n 100" in row.inner_text()
    planner.get_by_label("By").select_option(index=1)
    planner.get_by_role("button", name="Show").click()
    planner.get_by_role("rowheader", name="A", exact=True).wait_for()
    planner.get_by_text("pooled: B").first.wait_for()
    assert (sideways(planner) <= 0, findings(planner)) == (True, [])
