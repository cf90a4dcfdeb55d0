"""Pages of the board: the whole strategy, and the report of a quarter, which can be taken as PDF or DOCX."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.access import staff_view
from consultation.domain import strategy_points
from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.pdf.pdf_renderer import deliver_pdf
from consultation.file_output.spreadsheets import deliver_file
from consultation.file_output.word.docx_writer import DOCX_CONTENT_TYPE, write_docx
from insights.access import VIEW_REPORTS
from insights.decisions.agencies import action_plans
from insights.decisions.agencies.models import ItemUpdate
from insights.decisions.models import Decision, DecisionOutcome, ProgressNote
from insights.decisions.unanswered import unanswered_themes
from insights.disclosure.rules_wording import wording_of
from insights.releases.actions import record_partner_view
from insights.releases.disclosure_log import log_tables
from insights.releases.partner_sharing import sharing_mark
from insights.releases.theme_evidence import theme_tables_of
from insights.strategy.board import board_highlights, strategy_overview
from insights.strategy.open_matters import find_open_matters

PAPER = "insights/strategy/board/paper.html"


def _record_partner_views(request, found):
    """It is recorded that a partner sees the figures of these releases, shared under an agreement."""
    for release in _map_heard_releases(found).values():
        record_partner_view(release=release, by=request.user)


def _map_heard_releases(found):
    return {one.release.pk: one.release for point in found for one in point.heard}


def _parse_filters(request, found):
    """({filter: valid value or ""} from the query string, all owners)."""
    strands = {str(point.strand) for point in found}
    owners = sorted({name for point in found for name in point.owner_names}, key=str.casefold)
    known = {"strand": strands, "gap": {"any", *dict(strategy_overview.GAPS)}, "agency": set(owners)}
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}, owners


@staff_view(VIEW_REPORTS, method="GET")
def show_board(request):
    today = timezone.localdate()
    found_open = find_open_matters(today)
    found = strategy_overview.build_strategy_points(today, found_open.evidence)
    _record_partner_views(request, found)
    asked, owners = _parse_filters(request, found)
    context = {
        "section": "board",
        "strands": strategy_overview.group_by_strand(strategy_overview.filter_points(found, **asked)),
        "all_strands": strategy_points.list_strands(),
        "totals": strategy_overview.count_gaps(found),
        "unplaced": strategy_overview.unplaced_decisions(found),
        "gaps": strategy_overview.GAPS,
        "owners": owners,
        "asked": asked,
        "is_filtered": any(asked.values()),
        "read_share": handover.get_cached_read_share(),
        "quarter": Quarter.of(today),
        "open": found_open,
    }
    return render(request, "insights/strategy/board/board.html", context)


@staff_view(VIEW_REPORTS, method="GET")
def show_board_report(request):
    today = timezone.localdate()
    quarter = Quarter.read(request.GET.get("quarter"), today)
    now = Quarter.of(today)
    said = build_board_report(quarter, today)
    _record_partner_views(request, said["points"])
    context = said | {
        "section": "board",
        "earlier": quarter.before,
        "later": quarter.next if quarter < now else None,
        "is_running": quarter == now,
    }
    return render(request, "insights/strategy/board/report.html", context)


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_board_report(request, form):
    """The report as a tagged PDF or a Word document, from one markup; the audit log records the export."""
    today = timezone.localdate()
    quarter = Quarter.read(request.GET.get("quarter"), today)
    said = build_board_report(quarter, today)
    _record_partner_views(request, said["points"])
    context = said | {"mark": sharing_mark(request.user) or f"Board report, {quarter}"}
    kind, name = "board report", f"board-report-{quarter.slug}"
    if form == "pdf":
        back = reverse("insights:board-report")
        return deliver_pdf(request, PAPER, context, back=back, kind=kind, name=name, quarter=quarter.slug)
    return deliver_file(
        by=request.user,
        kind=kind,
        name=f"{name}.{form}",
        content_type=DOCX_CONTENT_TYPE,
        write=lambda file: 0 * file.write(write_docx(render_to_string(PAPER, context))),
        form=form,
        quarter=quarter.slug,
    )


def build_board_report(quarter, today):
    """The report's context. Figures of people are those that releases show; only actions and decisions are counted."""
    days = (quarter.first, min(quarter.last, today))
    published = Decision.objects.published().prefetch_related(
        "consultations",
        "citations__release__consultation",
        "figure_citations__release__consultation",
        "options",
        "followed_by",
    )
    decided = published.filter(published_on__range=days).order_by("decided", "pk")
    found = strategy_overview.build_strategy_points(today)
    releases = _map_heard_releases(found)
    rules = [release.rules for release in releases.values()]
    report = {
        "quarter": quarter,
        "today": today,
        "decided": [(one, _evidence_by_bearing(one)) for one in decided],
        "read_share": handover.get_cached_read_share(quarter),
        "outcomes": [
            (label, sum(one.outcome == value for one in decided)) for value, label in DecisionOutcome.choices
        ],
        "late": unanswered_themes.list_overdue_promises(today),
        "notes": ProgressNote.objects.filter(day__range=days).select_related("decision").order_by("day", "pk"),
        "standings": action_plans.summarise_agencies(today=today),
        "updates": ItemUpdate.objects.filter(day__range=days)
        .select_related("item__agency", "item__decision")
        .order_by("day", "pk"),
        "points": found,
        "strands": strategy_overview.group_by_strand(found),
        "totals": strategy_overview.count_gaps(found),
        "unplaced": strategy_overview.unplaced_decisions(found),
        "codebooks": sorted({str(release.codebook_version) for release in releases.values()}),
        "log": log_tables(theme_tables_of(releases).values(), *rules),
        "footnote": wording_of(*rules).footnote,
    }
    themes = board_highlights.list_heard_themes(found)
    return report | {
        "sentences": board_highlights.draft_sentences(report, themes),
        "charts": board_highlights.build_charts(report, themes),
        "words": board_highlights.choose_childrens_words(themes),
    }


def _evidence_by_bearing(decision):
    """{bearing: [(label, figures)]} of a decision's citations, as seen when cited. A theme stands once for each
    release; releases are named where the decision cites several."""
    found = {"supports": {}, "challenges": {}, "context": {}}
    cited = (*decision.citations.all(), *decision.figure_citations.all())
    named = len({one.release_id for one in cited}) > 1
    for one in decision.citations.all():
        people = f"about {one.seen['people']} people" if one.seen["people"] else one.seen["symbol"]
        key = ("theme", one.release_id, one.theme_id)
        found[one.bearing].setdefault(key, (one.seen["label"], people + _release_suffix(one, named)))
    for one in decision.figure_citations.all():
        answers = (
            f"{row['label']}: {row['value'] if row['value'] is not None else row['symbol']}"
            for row in one.seen["rows"]
        )
        found[one.bearing]["figure", one.pk] = (
            f"“{one.seen['asked']}”",
            "; ".join(answers) + _release_suffix(one, named),
        )
    return {bearing: list(said.values()) for bearing, said in found.items()}


def _release_suffix(one, named):
    return f", {one.release.consultation.title}, release {one.release.number}" if named else ""
