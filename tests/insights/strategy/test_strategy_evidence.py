"""Minority voices and questions linked to a point are evidence, on every page of the strategy alike."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.responses.models import Response
from insights.coding.models import ThemeEntry
from insights.decisions.evidence.actions import cite_figure
from insights.decisions.models import Decision
from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.actions import create_release, publish_release
from insights.releases.minority_views.actions import hidden_grave_themes
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Figure, Quote
from insights.releases.stored_figures import freeze_refusal
from insights.strategy.assessment.quarter_assessment import build_assessment
from insights.strategy.board import strategy_overview
from insights.strategy.coverage import coverage_matrix
from insights.strategy.strategy_evidence import ONLINE, list_strategy_evidence
from tests import factories
from tests.insights import released
from tests.insights.releases.shown_minority_views import show_minority_view

FEW, ASKED, WRITTEN = "understand-methods", "engage-online-campaigns", "prevent-working-with-cyp"
TOLD = "understand-locations"
CHILDREN = "children-young-people"
WORDS = "They felt that a present came with a wish."


def link(strand, point):
    return {"links": [{"strand": strand, "sub_point": point}]}


@pytest.fixture
def people(db):
    return [
        factories.staff(f"{name}@example.org", "insights.view_reports", "insights.draft_decision") for name in "ab"
    ]


@pytest.fixture
def release(home, people):
    """A grave theme with a hidden number and a voice; an on-line question with a figure; a question quoted in words."""
    version = released.codebook(
        gifts={"gravity": 3, **link(1, FEW)},
        buses={"links": []},
        quiet={"gravity": 3, **link(5, "disrupt-prevent-harm")},
    )
    items = [
        factories.question("a", options=["Yes", "No"]) | link(6, ASKED) | {"context": [ONLINE]},
        factories.question("b", "long_text") | link(2, WRITTEN),
        factories.question("c", options=["Yes", "No"]) | link(3, "safeguard-support-services"),
    ]
    page, asked = factories.consultation(home, items=items)
    made = released.release(
        page, version, {"gifts": None, "buses": 30, "quiet": None}, day=timezone.localdate(), base=60
    )
    for key, base in (("q-a", 80), ("q-c", None)):
        table = {"base": base, "rows": [], "columns": [], "column_totals": []}
        Figure.objects.create(release=made, kind="question", key=key, title=key, table=table)
    buses = version.entries.get(label="Buses").theme
    Quote.objects.create(
        release=made, theme=buses, question="q-b", version=asked, audience=CHILDREN, text="Late.", featured=True
    )
    gifts = version.entries.get(label="Gifts").theme
    show_minority_view(made, gifts, WORDS, *people[:2])
    return made


def test_coverage_counts_voices_and_linked_questions_and_shows_no_number_for_words(release):
    found = coverage_matrix.build_coverage_cells(timezone.localdate())
    heard = {place: cell.value for place, cell in found.items() if not cell.is_gap}
    assert heard == {(FEW, CHILDREN): None, (ASKED, CHILDREN): 80, (ASKED, ONLINE): 80, (WRITTEN, CHILDREN): None}


def test_a_linked_question_about_the_person_counts_as_any_other(release):
    Figure.objects.filter(key="q-a").update(kind="about")
    assert coverage_matrix.build_coverage_cells(timezone.localdate())[ASKED, CHILDREN].value == 80


def test_a_voice_that_one_person_approved_is_no_evidence(release):
    voice = MinorityVoice.objects.get()
    voice.mark_draft()
    voice.save()
    assert coverage_matrix.build_coverage_cells(timezone.localdate())[FEW, CHILDREN].is_gap


def test_the_board_has_the_same_evidence_and_no_gap_there(release):
    points = {point.slug: point for point in strategy_overview.build_strategy_points()}
    assert {slug for slug, point in points.items() if point.heard} == {FEW, ASKED, WRITTEN}
    assert [one.words for one in points[FEW].named_evidence] == [WORDS]
    for slug in (FEW, ASKED, WRITTEN):
        assert strategy_overview.NO_EVIDENCE not in points[slug].gaps


def test_a_decision_that_cites_the_question_uses_its_evidence(release, people):
    page = release.consultation.consultationpage
    decided = Decision.objects.create(
        slug="d", title="D", outcome="yes", decided=release.made_on, status="draft", created_by=people[0]
    )
    figure = release.figures.get(key="q-a")
    figure.table["rows"] = [{"id": "a-1", "label": "Yes", "value": 50, "symbol": "", "percent": 60}]
    figure.save()
    cite_figure(decision=decided, by=people[0], figure=figure)
    Decision.objects.update(status="published", published_by=people[1], published_on=release.made_on)
    cell = coverage_matrix.build_coverage_cells(timezone.localdate())[ASKED, CHILDREN]
    assert cell.decisions == {decided.pk} and page.slug in cell.heard[0].url


def test_what_nearly_all_spoke_of_is_heard_first_and_never_told_as_said_by_few(release, client, people):
    """It has no number, which would tell of the few others."""
    ThemeEntry.objects.filter(label="Buses").update(gravity=3, **link(1, TOLD))
    released.hide_theme("buses", NEARLY_ALL)
    cells = coverage_matrix.build_coverage_cells(timezone.localdate())
    assert not cells[TOLD, CHILDREN].is_gap
    told = next(point for point in strategy_overview.build_strategy_points() if point.slug == TOLD)
    assert [one.label for one in told.heard] == ["Buses"] and strategy_overview.NO_EVIDENCE not in told.gaps
    assert "Buses" not in [entry.label for entry in hidden_grave_themes(release)], "no minority speaks there"
    client.force_login(people[0])
    pages = ("insights:board", "insights:board-report", "insights:unanswered", "insights:assessment", "insights:home")
    shown = {name: read(client.get(reverse(name), follow=True)) for name in pages}
    shown["report"] = read(client.get(reverse("insights:report", args=[release.pk])))
    for name, page in shown.items():
        assert "Buses" in page and "nearly all" in page.lower(), name
        assert "Buses (nearly all)" not in page, f"{name}: as one of few"
    assert "Nearly all people, Parks" in shown["insights:home"]
    assert "Nearly all of about 60 people in Parks spoke of Buses." in shown["insights:board-report"]
    assert shown["insights:unanswered"].index("Buses") < shown["insights:unanswered"].index("Gifts")
    report = shown["report"]
    assert report.index(">Buses<") < report.index("Themes that few people, or nobody, spoke about")
    assert "nearly all of about <b>60</b> people" in read(client.get(reverse("insights:point", args=[TOLD])))
    theme = read(client.get(reverse("insights:theme", args=[release.pk, "buses"])))
    assert "Nearly all of 60 people who wrote spoke about this." in theme and "Late." in theme


def test_a_voice_is_evidence_of_a_release_that_is_too_small_for_any_number(release, client, people):
    """Its report showed it; board, coverage, Today and what is not answered said that nobody had spoken."""
    release.figures.filter(kind="themes").update(table=freeze_refusal("Fewer than 30 people answered."))
    assert not coverage_matrix.build_coverage_cells(timezone.localdate())[FEW, CHILDREN].is_gap
    client.force_login(people[0])
    for name in ("board", "board-report", "home", "unanswered", "assessment"):
        assert "Gifts" in read(client.get(reverse(f"insights:{name}"), follow=True)), name
    report = read(client.get(reverse("insights:report", args=[release.pk])))
    assert WORDS in report and "Fewer than 30 people answered." in report
    assert client.get(reverse("insights:theme", args=[release.pk, "gifts"])).status_code == 200


def read(reply):
    return " ".join(reply.content.decode().split())


def test_pages_board_report_and_assessment_say_the_voice_in_words(release, client, people):
    client.force_login(people[0])
    point = client.get(reverse("insights:point", args=[FEW])).content.decode()
    assert WORDS in point and "No evidence of the last 12 months from 4 of 5 audiences" in point
    asked = read(client.get(reverse("insights:point", args=[ASKED])))
    assert "“Question a?”</a>" in asked and "about <b>80</b> people answered" in asked
    for name in ("board", "board-report"):
        assert WORDS in client.get(reverse(f"insights:{name}")).content.decode(), name
    assert "In words" in client.get(reverse("insights:coverage")).content.decode()
    assessment = client.get(reverse("insights:assessment"), follow=True).content.decode()
    assert WORDS in assessment and "“Question a?”" in assessment and "about 80 people" in assessment


def test_those_who_do_not_know_are_counted_among_the_people_who_answered_and_that_is_said(
    home, codebook, officer, colleague, client, people, no_noise
):
    items = [factories.question("a", options=["Yes", "No"]) | link(6, ASKED)]
    page, version = factories.consultation(home, items=items)
    factories.responses(version, [({"a": "1"}, {})] * 40 + [({"a": "dk"}, {})] * 12 + [({}, {})] * 8, reader=officer)
    release = publish_release(release=create_release(consultation=page, by=officer), by=colleague)
    given = [closed["a"] for closed in Response.objects.values_list("closed", flat=True) if "a" in closed]
    (one,) = (one for one in list_strategy_evidence([release]) if one.theme is None and ASKED in one.points)
    assert one.people == len(given) == 52 and given.count("dk") == 12
    client.force_login(people[0])
    for name, args in (("point", [ASKED]), ("assessment", []), ("board-report", [])):
        page = read(client.get(reverse(f"insights:{name}", args=args), follow=True))
        assert page.count("counts who answered “I don’t know”, too") == 1, name


def test_the_assessment_hides_a_theme_only_where_no_release_speaks_of_it(release):
    said = build_assessment(Quarter.of(timezone.localdate()), for_all=True)
    points = {point["code"]: point for strand in said["strands"] for point in strand["points"]}
    assert points[FEW]["hidden"] == [] and [one.words for one in points[FEW]["other"]] == [WORDS]
    assert points["disrupt-prevent-harm"]["hidden"] == ["Quiet"]
    assert said["heard"] == 3
