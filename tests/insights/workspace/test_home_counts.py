"""What waits, is late or has a gap is one number: Today, the board and Not answered say the same."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from consultation.domain.strategy_points import list_strands
from consultation.surveys.models import ConsultationPage
from insights.coding.codebooks.models import ThemeAct
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.models import Citation, Decision
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from insights.strategy.board import strategy_overview
from insights.strategy.coverage import coverage_matrix
from insights.strategy.coverage.coverage_matrix import AUDIENCES
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said
from tests.insights.releases.shown_minority_views import show_minority_view

POINT = {"strand": 5, "sub_point": "disrupt-prevent-harm"}
PAGES = ("home", "unanswered", "board", "board-report", "coverage", "coverage-gaps")


@pytest.fixture
def world(parks, codebook, planner, colleague):
    """Lights decided, then merged into staff; a voice on what is rare waits. A decision, its news, an action and our answer
    are late."""
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
    show_minority_view(release, rare, "They feel unheard.", planner, colleague)
    ConsultationPage.objects.filter(pk=page.pk).update(
        closes=yesterday - timedelta(days=60), feedback_date=yesterday - timedelta(days=10)
    )
    return made


def words_of(client, name):
    html = client.get(reverse(f"insights:{name}")).content
    return " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())


def count_open_in_the_database():
    """{"themes": spoken of and not cited, "promises": past their day, "places": pairs of point and audience that no
    theme of the newest release speaks to}, from rows alone."""
    release, today = Release.objects.get(number=2), timezone.localdate()
    spoken = {int(row["id"]) for row in release.figures.get(kind="themes").table["rows"] if row["value"]}
    spoken |= set(MinorityVoice.objects.values_list("theme", flat=True))
    gone = {act.theme_id for act in ThemeAct.objects.all()}
    heirs = {heir.pk for act in ThemeAct.objects.all() for heir in act.into.all()}
    answered = {heir for heir in heirs if gone & set(Citation.objects.values_list("theme", flat=True))}
    promises = (
        Decision.objects.filter(due__lt=today).count()
        + Decision.objects.filter(next_update__lt=today).count()
        + ActionItem.objects.filter(due__lt=today).count()
        + ConsultationPage.objects.filter(feedback_date__lt=today).count()  # no results are public
    )
    entries = release.codebook_version.entries.filter(theme__in=spoken)
    heard = {(link["sub_point"], release.consultation.audience) for entry in entries for link in entry.links}
    every = {(slug, name) for strand in list_strands() for slug, _ in strand["points"] for name in AUDIENCES}
    return {"themes": len(spoken - answered), "promises": promises, "gaps": len(every - heard), "places": len(every)}


@pytest.mark.slow
def test_late_waiting_and_gaps_are_the_same_number_on_every_page(client, planner, world):
    client.force_login(planner)
    told, open_ = {name: words_of(client, name) for name in PAGES}, count_open_in_the_database()
    assert open_ == {"themes": 1, "promises": 4, "gaps": 169, "places": 170}
    waiting, late = "1 theme without a decision", "4 promises past their day"
    for name in ("home", "board", "unanswered"):
        assert waiting in told[name] and late in told[name], name
        assert set(re.findall(r"(\d+) themes? without", told[name])) == {"1"}, name
        assert set(re.findall(r"(\d+) promises? past", told[name])) == {"4"}, name
    for name in ("home", "board"):
        assert "169 of 170 places in the strategy have no evidence of the last 12 months" in told[name], name
    assert "1 of 170 places have evidence and 169 are gaps" in told["coverage"]
    assert told["coverage-gaps"].count("Never") + told["coverage-gaps"].count("Last released") == 169
    assert "169 places" in told["coverage-gaps"] and told["coverage"].count("Gap") == 169 + 1  # and one in the key
    sheet = b"".join(client.get(reverse("insights:coverage-sheet")).streaming_content).decode()
    assert sheet.count('"gap"') == 169
    assert "4 promises past their day today, the longest since" in told["board-report"]
    assert f"{timezone.localdate() - timedelta(days=11):%-d %B %Y}: Parks." in told["board-report"]
    for name in ("home", "unanswered", "board-report"):
        assert "Our answer to everyone who took part" in told[name], name
    assert "a promise is past its day (1)" in told["board"]


def test_a_point_of_the_board_lacks_evidence_where_coverage_has_gaps_alone(world):
    places = coverage_matrix.build_coverage_cells(timezone.localdate())
    empty = {point for point, _ in places if all(places[point, name].is_gap for name in coverage_matrix.AUDIENCES)}
    points = strategy_overview.build_strategy_points()
    assert {one.slug for one in points if strategy_overview.NO_EVIDENCE in one.gaps} == empty and len(empty) == 33
