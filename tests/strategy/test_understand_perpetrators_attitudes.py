"""1.6 Attitudes are asked before and after, and no question asks anyone to name or describe a person, or tells an event."""

import pytest
from django.urls import reverse

from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.validation.findings import build_findings_report
from insights.strategy.points.point_provisions import get_served_point
from tests.consultation.surveys.conftest import asked
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = pytest.mark.any_database
POINT = "understand-perpetrators-attitudes"


def stopped_by(page):
    return {one.finding.linter.key for one in build_findings_report(page).stopping} & {"person", "event"}


def test_the_linter_rejects_a_name_a_description_and_an_event(home, person):
    page = start_from_template(
        template=load_templates()["attitudes"], title="What is OK?", by=person("engagement_officer")
    )
    assert stopped_by(page) == set(), "as it ships, it asks for none of them"
    written = page.body.get_prep_value()
    for question, linter in (
        ("What is the name of the person?", "person"),
        ("What did the person look like?", "person"),
        ("Tell us what happened.", "event"),
    ):
        page.body = [*written, asked("more", question, "short_text", max_length=100)]
        page.save_revision()
        assert linter in stopped_by(page), question


def test_a_planner_sees_what_changed_and_without_reports_the_point_does_not_hold(home, client_as):
    assert not get_served_point(POINT).holds
    rounds = evaluated.ask_rounds(home, "attitudes", [evaluated.item("no", AGREEMENT, points=[POINT])])
    version = released.codebook(lights=[])
    reports = [evaluated.report(page, version) for page in rounds[:2]]
    for report, counts in zip(reports, ((10, 20, 20, 30, 20), (50, 35, 5, 5, 5)), strict=True):
        evaluated.answer(report, "no", AGREEMENT, counts)
    proof = get_served_point(POINT).provisions[0].proofs[0]
    page = client_as("planner").get(proof.url).content.decode()
    assert "I would say no." in page and "+55 (" in page
    reports[1].delete()
    assert not get_served_point(POINT).holds and reverse("insights:evaluation", args=[rounds[0].slug]) == proof.url
