"""What waits, is late or has a gap is one number: Today, the board and Not answered say the same."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from insights.coding.models import Theme, ThemeEntry
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.models import Citation, Decision
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from insights.strategy.board import strategy_overview
from insights.strategy.coverage import coverage_matrix
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said
from tests.insights.releases.shown_voices import show_voice

POINT = {"strand": 5, "sub_point": "disrupt-prevent-harm"}
PAGES = ("home", "unanswered", "board", "board-report")


@pytest.fixture
def world(parks, codebook, planner, colleague):
    """Lights decided, then merged into staff; a voice on what is rare waits. A decision, its news and an action are late."""
    page, version = parks
    yesterday = timezone.localdate() - timedelta(days=1)
    older = frozen_releases.make_release(version, codebook, {"lights": 40}, day=yesterday - timedelta(days=30))
    fields = {"decided": yesterday - timedelta(days=20), "links": [POINT]}
    made = record_decision(by=planner, consultations=[page], **said(**fields, due=yesterday, next_update=yesterday))
    cite_theme(decision=made, by=planner, release=older, theme=Theme.objects.get(slug="lights"))
    publish_decision(decision=made, by=colleague)
    police = Agency.objects.create(name="The police", slug="the-police")
    ActionItem.objects.create(decision=made, agency=police, what="Walk there.", due=yesterday)
    merged = frozen_releases.merge(codebook, "lights", "staff")
    ThemeEntry.objects.update(links=[POINT])
    release = frozen_releases.make_release(version, merged, {"staff": 60, "rare": None}, number=2, day=yesterday)
    rare = Theme.objects.get(slug="rare")
    show_voice(release, rare, "They feel unheard.", planner, colleague)
    return made


def words_of(client, name):
    html = client.get(reverse(f"insights:{name}")).content
    return " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())


def test_late_waiting_and_gaps_are_the_same_number_on_every_page(client, planner, world):
    client.force_login(planner)
    told = {name: words_of(client, name) for name in PAGES}
    release = Release.objects.get(number=2)
    cited = set(Citation.objects.values_list("theme__slug", flat=True))
    spoken = {row["label"].lower() for row in release.figures.get(kind="themes").table["rows"] if row["value"]}
    spoken |= set(MinorityVoice.objects.values_list("theme__slug", flat=True))
    waiting = spoken - cited - {"staff"}  # of which lights, which is cited, became a part
    late = (
        Decision.objects.filter(due__lt=timezone.localdate()).count()
        + Decision.objects.filter(next_update__lt=timezone.localdate()).count()
        + ActionItem.objects.filter(due__lt=timezone.localdate()).count()
    )
    assert (len(waiting), late) == (1, 3)
    for name in ("home", "unanswered"):
        assert set(re.findall(r"(\d+) themes? without a decision", told[name])) == {"1"}, name
        assert set(re.findall(r"(\d+) promises? past (?:its|their) day", told[name])) == {"3"}, name
    assert "3 promises past their day today" in told["board-report"]
    assert "1 a promise is past its day" in told["board"]


def test_a_point_of_the_board_lacks_evidence_where_coverage_has_gaps_alone(world):
    places = coverage_matrix.build_coverage_cells(timezone.localdate())
    empty = {point for point, _ in places if all(places[point, name].is_gap for name in coverage_matrix.AUDIENCES)}
    points = strategy_overview.build_strategy_points()
    assert {one.slug for one in points if strategy_overview.NO_EVIDENCE in one.gaps} == empty and len(empty) == 33
