"""4.6 Four measures on five faces, each year: a change with interval and n, and no claim where intervals overlap."""

import re

import pytest

from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import FACES

pytestmark = pytest.mark.any_database
POINT = "lead-outcomes-reduce-harm"


def measures(page):
    return re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)


def test_the_set_has_four_measures_on_five_faces():
    blocks = load_templates()["outcome-measures"].blocks()
    assert [one["type"] for one in blocks if one["value"].get("links")] == ["faces"] * 4 + ["short_text"]
    assert [one["value"]["links"] for one in blocks if one["type"] == "faces"] == [[f"4/{POINT}"]] * 4


def test_change_has_interval_and_n_and_no_claim_where_intervals_overlap(home, client_as):
    items = [evaluated.item(key, FACES, type_="faces", points=[POINT]) for key in ("safer", "heard")]
    years = evaluated.ask_rounds(home, "outcomes", items, rounds=("year", "year"))
    version = released.codebook(lights=[])
    reports = [evaluated.report(page, version) for page in years]
    for report, safer in zip(reports, ((20, 30, 20, 20, 10), (5, 5, 10, 40, 40)), strict=True):
        evaluated.answer(report, "safer", FACES, safer, title="How safe?")
        evaluated.answer(report, "heard", FACES, (20, 20, 20, 20, 20), title="How heard?")
    proof = get_served_point(POINT).provisions[-1].proofs[0]
    safer, heard = measures(client_as("planner").get(proof.url).content.decode())
    assert "<b>more</b>" in safer and "+50 (" in safer and safer.count("n 100") == 2
    assert "no change to claim" in heard and "<b>more</b>" not in heard
    reports[0].delete()
    assert not get_served_point(POINT).holds, "one year is no change"
