"""3.4: the matrix of service pairs hides cells below the minimum and their complements."""

import pytest

from insights.exports.pdf.release_report_paper import TEMPLATE, context_of
from insights.releases.service_pairs import list_pair_matrices
from tests.strategy.template_worlds import answer, approve_seed_codebook, publish_template, release_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
SCHOOL, NURSE, WORKER, POLICE, CHARITY = (
    "a-school", "a-doctor-or-nurse", "a-social-worker", "the-police", "a-charity"
)  # fmt: skip


@pytest.fixture
def officers(person):
    return approve_seed_codebook(person)


@pytest.fixture
def released(home, officers):
    """School and nurse: 12 of 32 say yes; school and worker: 3 of 20; nurse and police: 13 of 14; charity with few."""
    page, version = publish_template(home, "services-together")
    for people, services, joined in (
        (12, [SCHOOL, NURSE], "yes"), (20, [SCHOOL, NURSE], "no"),
        (3, [SCHOOL, WORKER], "yes"), (17, [SCHOOL, WORKER], "no"),
        (13, [NURSE, POLICE], "yes"), (1, [NURSE, POLICE], "no"),
        (6, [SCHOOL, CHARITY], "yes"), (8, ["no-one"], "no"),
    ):  # fmt: skip
        answer(version, people, services=services, joined=joined)
    return release_of(page, officers)


def cells(release):
    [matrix] = list_pair_matrices(release.figures.all())
    return {(name, other): cell for name, row in matrix.rows for other, cell in zip(matrix.services, row, strict=True)}


def test_of_those_who_had_both_some_say_that_they_joined_up(released):
    found = cells(released)["A school", "A doctor or nurse"]
    assert (found.value, found.both, found.percent) == (12, 32, 38)
    assert (
        cells(released)["A doctor or nurse", "A school"] == found and cells(released)["A school", "A school"] is None
    )


def test_cells_below_the_minimum_and_their_complements_are_hidden(released):
    found = cells(released)
    assert found["A school", "A social worker"].symbol == "fewer than 5"
    assert found["A doctor or nurse", "The police"].symbol == "nearly all", "one said no"
    assert found["A school", "A charity"].symbol == "fewer than 10", "the pair itself"
    assert not any(cell.value for cell in found.values() if cell and cell.symbol)


def test_the_report_shows_it_and_leads_to_a_decision(client_as, released):
    html = client_as("planner").get(f"/insights/releases/{released.pk}/").content.decode()
    there = html[html.index('id="together"') : html.index('id="sure"')]
    assert "38%" in there and "12 of 32" in there and "nearly all" in there
    assert f"?release={released.pk}" in there and "Record a decision about these services" in there


def test_the_paper_and_the_sheet_show_the_same(client_as, released):
    from django.template.loader import render_to_string

    paper = render_to_string(TEMPLATE, context_of(str(released.pk), for_all=False, mark=""))
    assert "12 of 32" in " ".join(paper.split()) and "nearly all" in paper
    sheet = client_as("planner").get(f"/insights/releases/{released.pk}/figures.csv").getvalue().decode()
    lines = [
        line for line in sheet.splitlines() if '"service-pairs"' in line and '"A school + A doctor or nurse"' in line
    ]
    assert any('"12"' in line for line in lines), lines
