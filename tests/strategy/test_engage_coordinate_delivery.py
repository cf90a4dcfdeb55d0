"""6.1: the tracker shows evidence, decision and status, and names a gap wherever there was no evidence in 12 months."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.domain import strategy_points
from insights.coding.models import ThemeEntry
from insights.decisions.models import Decision
from insights.decisions.outcomes.actions import draft_outcome, publish_outcome
from insights.releases.models import Release
from insights.strategy.coverage.coverage_matrix import AUDIENCES, build_coverage_cells
from insights.strategy.strategy_evidence import twelve_months_before
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401
from tests.insights.decisions.conftest import decision, public  # noqa: F401

POINT, HEARD, CHILDREN = "engage-coordinate-delivery", "understand-locations", "children-young-people"
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def planner(person):
    return person("planner", "engagement_officer")


@pytest.fixture
def tracked(release, public):  # noqa: F811
    """A release on lights, which speak to one point, and a published decision on that point."""
    links = strategy_points.build_strategy_links([HEARD])
    ThemeEntry.objects.filter(theme__slug="lights").update(links=links)
    Decision.objects.filter(pk=public.pk).update(links=links)
    Release.objects.filter(pk=release.pk).update(published_on=timezone.localdate())
    return release


def test_every_point_and_audience_without_evidence_is_an_explicit_gap(tracked, client_as):
    cells = build_coverage_cells(timezone.localdate())
    assert len(cells) == len(strategy_points.text_by_sub_point()) * len(AUDIENCES) == 170
    assert [place for place, cell in cells.items() if not cell.is_gap] == [(HEARD, CHILDREN)]
    planner = client_as("planner")  # noqa: F811
    assert "169" in planner.get(reverse("insights:coverage")).content.decode()
    shown = planner.get(reverse("insights:coverage-gaps")).content.decode()
    assert all(label in shown for label, _ in AUDIENCES.values()) and "169 places" in shown


def test_evidence_of_more_than_twelve_months_ago_is_a_gap_again(tracked):
    begins = twelve_months_before(timezone.localdate())
    for day, gap in ((begins, False), (begins - timedelta(days=1), True)):
        Release.objects.filter(pk=tracked.pk).update(published_on=day)
        cell = build_coverage_cells(timezone.localdate())[HEARD, CHILDREN]
        assert (cell.is_gap, cell.last) == (gap, day)


def test_the_tracker_shows_evidence_decision_and_status_and_a_point_what_came_of_it(
    tracked,
    public,  # noqa: F811
    client_as,
    officer,  # noqa: F811
    colleague,  # noqa: F811
):
    planner = client_as("planner")  # noqa: F811
    words = {"words": "It is light now."}
    publish_outcome(draft_outcome(decision=public, by=officer, verdict="worked", words=words), by=colleague)
    point = planner.get(reverse("insights:point", args=[HEARD])).content.decode()
    assert "<b>It worked</b>" in point and "It is light now." in point
    shown = planner.get(reverse("insights:board")).content.decode()
    row = shown[shown.index(f'id="p{strategy_points.number_by_sub_point()[HEARD]}"') :].partition("</tr>")[0]
    assert "Lights" in row and public.title in row and public.get_outcome_display() in row


def test_a_leap_day_has_its_day_a_year_earlier():
    assert twelve_months_before(date(2028, 2, 29)) == date(2027, 2, 28)
