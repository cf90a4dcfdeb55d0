"""The strategy board: evidence, decisions and promises of each point; and the quarter's report as a tagged PDF."""

import io
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from docx import Document

from consultation.audit.models import AuditEntry
from consultation.domain import strategy_points
from consultation.domain.calendar_quarters import Quarter
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.actions import change_decision, cite_theme, publish_decision, record_decision
from insights.decisions.agencies.actions import set_action_plan
from insights.decisions.evidence.actions import cite_figure
from insights.decisions.models import Decision
from insights.releases.models import Figure, Release
from insights.strategy.assessment.quarter_assessment import build_assessment
from insights.strategy.board import strategy_overview
from insights.strategy.board.views import build_board_report
from insights.strategy.coverage.coverage_matrix import build_coverage_cells
from tests import factories
from tests.insights.decisions.conftest import said

pytestmark = pytest.mark.any_database

POINT = "understand-locations"


@pytest.fixture
def board(decision, planner, colleague, release):
    """Evidence on lights with a decision, and on staff without one."""
    for slug, point in (("lights", POINT), ("staff", "disrupt-prevent-harm"), ("rare", "lead-partners-together")):
        ThemeEntry.objects.filter(theme__slug=slug).update(links=strategy_points.build_strategy_links([point]))
    late = timezone.localdate() - timedelta(days=1)
    change_decision(
        decision=decision,
        by=planner,
        links=strategy_points.build_strategy_links([POINT]),
        agency="City Council",
        decided=late,
        due=late,
    )
    cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    return publish_decision(decision=decision, by=colleague)


def test_the_same_theme_of_two_releases_is_told_twice_and_a_quote_adds_nothing(
    board, release, planner, colleague, answered
):
    """One stood for both: a number that the decision rests on was lost from the board's paper."""
    theme = Theme.objects.get(slug="lights")
    other = Release.objects.create(
        consultation=answered, number=2, codebook_version=release.codebook_version, people=100, status="published",
        made_on=date(2026, 11, 26), published_on=date(2026, 11, 26),
    )  # fmt: skip
    rows = [{"id": str(theme.pk), "label": "Lights", "value": 75, "symbol": ""}]
    Figure.objects.create(release=other, kind="themes", key="all", title="Themes", table={"base": 100, "rows": rows})
    made = record_decision(by=planner, consultations=[answered], **said(slug="twice", title="Twice"))
    quote = release.quotes.filter(theme=theme).first()
    for given in ({"release": release}, {"release": release, "quote": quote}, {"release": other}):
        cite_theme(decision=made, by=planner, theme=theme, **given)
    publish_decision(decision=made, by=colleague)
    told = {
        one.slug: evidence
        for one, evidence in build_board_report(Quarter.of(timezone.localdate()), timezone.localdate())["decided"]
    }
    title = answered.title
    assert told["twice"]["supports"] == [
        ("Lights", f"about 50 people, {title}, release 1"), ("Lights", f"about 75 people, {title}, release 2"),
    ]  # fmt: skip
    assert told[board.slug]["supports"] == [("Lights", "about 50 people")], "from one release alone: it needs no name"


def found(slug):
    return next(point for point in strategy_overview.build_strategy_points() if point.slug == slug)


def test_a_point_says_what_was_heard_decided_and_what_is_missing(board, release, planner, colleague, answered):
    lights = found(POINT)
    assert [(one.label, one.people) for one in lights.heard] == [("Lights", 50)]
    assert (lights.decisions, lights.owner_names, lights.gaps) == (
        [board],
        ["City Council"],
        ["owner", "late", "against"],
    )
    assert found("disrupt-prevent-harm").gaps == ["decision"]
    assert found("lead-partners-together").gaps == ["evidence"], "few people look as nobody does"
    later = record_decision(
        by=planner, consultations=[answered], **said(slug="later", links=strategy_points.build_strategy_links([POINT]))
    )
    change_decision(decision=later, by=planner, follows=board, follows_how="replaces")
    cite_figure(
        decision=later, by=planner, figure=release.figures.get(kind="question", key="q-a"), bearing="challenges"
    )
    set_action_plan(decision=later, by=planner, items=[{"agency": "Youth Trust", "what": "Walk there"}])
    assert found(POINT).decisions == [board], "a draft decides nothing"
    publish_decision(decision=later, by=colleague)
    assert (found(POINT).decisions, found(POINT).gaps, found(POINT).owner_names) == ([later], [], ["Youth Trust"])
    type(release).objects.filter(pk=release.pk).update(published_on=timezone.localdate() - timedelta(days=366))
    assert found(POINT).gaps == ["evidence"]


def test_a_decision_that_cites_a_points_answers_counts_for_it_though_nobody_linked_it(board, client, planner):
    Decision.objects.filter(pk=board.pk).update(links=[])
    lights = found(POINT)
    assert (lights.decisions, lights.owner_names) == ([board], ["City Council"])
    assert strategy_overview.NO_DECISION not in lights.gaps
    client.force_login(planner)
    html = client.get(reverse("insights:point", args=[POINT])).content.decode()
    assert board.title in html and "Heard, and nothing decided" not in html and "City Council" in html
    assert "Decisions that belong to no point" not in client.get(reverse("insights:board")).content.decode()


def test_board_assessment_coverage_and_point_count_the_same_decisions(board, client, planner, colleague):
    """The assessment had those alone that somebody linked; coverage went on counting one that another replaced."""
    Decision.objects.filter(pk=board.pk).update(links=[])
    today, audience = timezone.localdate(), "children-young-people"
    strands = build_assessment(Quarter.of(today), for_all=True)["strands"]
    told = {point["code"]: point["decisions"] for strand in strands for point in strand["points"]}
    assert told[POINT] == found(POINT).decisions == [board]
    assert build_coverage_cells(today)[POINT, audience].decisions == {board.pk}
    follow = {"follows": board, "follows_how": "replaces"}
    later = record_decision(by=planner, consultations=list(board.consultations.all()), **said(slug="later", **follow))
    publish_decision(decision=later, by=colleague)
    assert found(POINT).decisions == [] and not build_coverage_cells(today)[POINT, audience].decisions
    client.force_login(planner)
    html = client.get(reverse("insights:point", args=[POINT])).content.decode()
    assert "0 decisions" in html and "No decision cites these answers yet." in html


def test_the_table_narrows_by_the_address_and_loses_no_point(board, client, planner):
    assert len(strategy_overview.build_strategy_points()) == 34 and len(strategy_points.list_strands()) == 6
    client.force_login(planner)
    url = reverse("insights:board")
    html = client.get(url).content.decode()
    assert html.count('<tr role="row" id="p') == 34 and board.title in html
    assert f"Lights</a>, {board.consultations.get().title}: about 50 people" in " ".join(html.split())
    one = client.get(url, {"gap": "late", "strand": "1"}).content.decode()
    assert one.count('<tr role="row" id="p') == 1 and "Show all" in one
    assert client.get(url, {"agency": "City Council"}).content.decode().count('<tr role="row" id="p') == 1
    assert "No point is like that" in client.get(url, {"gap": "against", "strand": "6"}).content.decode()
    assert client.get(url, {"gap": "no such", "strand": "99"}).content.decode().count('<tr role="row" id="p') == 34
    assert " 4 people" not in html


def test_a_point_names_what_is_late_then_the_newest_and_leads_to_the_rest():
    due = {2: timezone.localdate() - timedelta(days=1)}
    decisions = [Decision(slug=f"d{n}", title=f"Title {n}", outcome="yes", due=due.get(n)) for n in range(5)]
    for one in decisions:
        one.cites = one.challenged = False
    point = strategy_overview.StrategyPoint(1, "1.1", POINT, "Words", decisions=decisions)
    assert [one.slug for one in point.shown] == ["d2", "d0", "d1"]
    strands = [(strategy_points.list_strands()[0], [point])]
    html = render_to_string("insights/strategy/board/strands.html", {"strands": strands})
    assert "Title 1" in html and "Title 3" not in html and "Nobody yet" in html
    assert f'<a href="/insights/trace/point/{POINT}/">And 2 more decisions<' in " ".join(html.split())


def test_a_point_shows_its_strongest_evidence_and_folds_the_rest(board, release):
    found = strategy_overview.build_strategy_points()
    [one] = [one for point in found for one in point.heard if point.slug == POINT]
    point = strategy_overview.StrategyPoint(1, "1.1", POINT, "Words", heard=[one] * 3)
    strands = [(strategy_points.list_strands()[0], [point])]
    html = render_to_string("insights/strategy/board/strands.html", {"strands": strands})
    shown, _, folded = html.partition("<details>")
    assert "And 2 more" in folded and (shown.count("Lights</a>"), folded.count("Lights</a>")) == (1, 2)


def test_each_kind_of_gap_is_counted_and_leads_to_its_points(board, client, planner):
    client.force_login(planner)
    url, found = reverse("insights:board"), strategy_overview.build_strategy_points()
    html = " ".join(client.get(url).content.decode().split())
    for gap, words in strategy_overview.GAPS:
        number = sum(gap in point.gaps for point in found)
        assert (f'<a href="?gap={gap}">{words.lower()} ({number})</a>' in html) == (number > 0)
        assert client.get(url, {"gap": gap}).content.decode().count('<tr role="row" id="p') == number


def test_a_decision_without_a_point_is_named_beneath(decision, colleague, client, planner):
    publish_decision(decision=decision, by=colleague)
    client.force_login(planner)
    assert "Decisions that belong to no point" in client.get(reverse("insights:board")).content.decode()


def test_the_first_quarter_of_all_is_no_error(db, client, planner):
    client.force_login(planner)
    assert client.get(reverse("insights:board-report"), {"quarter": "0001-q1"}).status_code == 200


@pytest.mark.parametrize(
    ("day", "slug", "last"),
    [(date(2026, 1, 1), "2026-q1", date(2026, 3, 31)), (date(2026, 11, 27), "2026-q4", date(2026, 12, 31))],
)
def test_quarters(day, slug, last):
    quarter = Quarter.of(day)
    assert (quarter.slug, quarter.last, quarter.next.before) == (slug, last, quarter)
    assert Quarter.read(slug, day) == quarter == Quarter.read("2099-q1", day) == Quarter.read("nonsense", day)


@pytest.mark.slow
def test_the_report_is_a_tagged_paper_that_says_what_the_page_says(board, client, planner):
    from pypdf import PdfReader

    now = Quarter.of(timezone.localdate())
    said_ = build_board_report(now, timezone.localdate())
    assert [one for one, _ in said_["decided"]] == [board] and dict(said_["outcomes"])["Yes"] == 1
    assert [one.decision for one in said_["late"]] == [board.pk]
    client.force_login(planner)
    html = client.get(reverse("insights:board-report"), {"quarter": now.slug}).content.decode()
    assert "Report of" not in html and "None is cited." in html
    client.force_login(factories.staff("looks@example.org", "insights.view_reports"))
    paper = reverse("insights:board-paper")
    assert "Report as PDF" not in client.get(reverse("insights:board-report")).content.decode()
    assert client.get(paper).status_code == 403
    client.force_login(factories.staff("board@example.org", "insights.view_reports", "insights.export"))
    answer = client.get(paper, {"quarter": now.slug})
    assert answer["Content-Type"] == "application/pdf" and now.slug in answer["Content-Disposition"]
    made = PdfReader(io.BytesIO(b"".join(answer.streaming_content)))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"] and made.trailer["/Root"]["/Lang"] == "en"
    text = " ".join(page.extract_text() for page in made.pages)
    text = " ".join(text.split())
    for words in (
        board.title,
        "Lights (about 50 people)",
        "None is cited.",
        "Promises past their day",
        "Youth",
    ):
        assert (words in text) == (words != "Youth"), words
    assert " 4 people" not in text
    seen = AuditEntry.objects.filter(verb="report viewed by partner")
    assert seen.count() == 1, "the paper that was taken, and what it shows, are on record"
    assert AuditEntry.objects.get(verb="export made").data["kind"] == "board report"


def test_a_partners_paper_bears_the_mark_of_who_took_it(board, client_as, monkeypatch):
    marks = []
    monkeypatch.setattr(
        "consultation.file_output.pdf.pdf_renderer.render_pdf",
        lambda template, said: marks.append(said["mark"]) or b"%PDF",
    )
    assert client_as("partner_viewer").get(reverse("insights:board-paper")).status_code == 200
    assert client_as("planner").get(reverse("insights:board-paper")).status_code == 200
    assert marks[0].startswith("Shared with Riverside partnership on ") and marks[1].startswith("Board report, ")


def test_the_report_is_a_document_too_from_the_same_markup(board, client_as, client):
    document_of, now = reverse("insights:board-docx"), Quarter.of(timezone.localdate())
    client.force_login(factories.staff("looks@example.org", "insights.view_reports"))
    assert client.get(document_of).status_code == 403
    planner = client_as("planner")
    for page in ("insights:board", "insights:board-report"):
        menu = planner.get(reverse(page)).content.decode()
        assert f"report.pdf?quarter={now.slug}" in menu and f"report.docx?quarter={now.slug}" in menu
    answer = planner.get(document_of, {"quarter": now.slug})
    assert answer["Content-Disposition"] == f'attachment; filename="board-report-{now.slug}.docx"'
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (board.title, "Lights (about 50 people)", "None is cited.", "In short"):
        assert words in told
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "Lights, about 50 people" in cells and " 4 people" not in told + "".join(cells)
    section = document.sections[0]
    assert section.header.paragraphs[0].text == f"Board report, {now}"
    assert section.footer.paragraphs[0].text.startswith("Numbers are changed a little at random")
    assert AuditEntry.objects.get(verb="export made").data["form"] == "docx"


@pytest.mark.parametrize("outcome", ["yes", "partly", "no"])
def test_evidence_is_told_by_what_it_says_of_the_decision(board, client, planner, outcome):
    """ "What people said for it", under a refusal, read as if they had asked for the refusal."""
    type(board).objects.filter(pk=board.pk).update(outcome=outcome, reason="Money", alternative="none")
    client.force_login(planner)
    quarter = Quarter.of(timezone.localdate()).slug
    html = " ".join(client.get(reverse("insights:board-report"), {"quarter": quarter}).content.decode().split())
    assert "said for it" not in html and "said against it" not in html
    assert "<b>What people said that supports this decision</b> Lights (about 50 people)" in html
    assert "<b>What people said that speaks against it</b> None is cited." in html
