"""Pages of the coverage matrix and its gaps, and its sheet."""

from django.shortcuts import render
from django.utils import timezone

from consultation.access import staff_view
from consultation.domain.strategy_points import number_by_sub_point, text_by_sub_point
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.releases.disclosure_log import iterate_log_rows, log_tables
from insights.releases.partner_sharing import sharing_mark
from insights.releases.theme_evidence import list_newest_releases, theme_tables_of
from insights.strategy.coverage import coverage_matrix
from insights.strategy.strategy_evidence import list_strategy_evidence

COLUMNS = ("Point", "Strategy", "Audience", "People", "Decisions", "Last released", "Codebook", "Shared with")


@staff_view(VIEW_REPORTS, method="GET")
def show_coverage(request):
    found = coverage_matrix.build_coverage_cells(timezone.localdate())
    gaps = len(coverage_matrix.list_gaps(found))
    context = {
        "section": "coverage",
        "columns": coverage_matrix.list_audience_columns(),
        "strands": coverage_matrix.build_matrix_rows(found),
        "places": len(found),
        "gaps": gaps,
        "heard": len(found) - gaps,
        "points": len(text_by_sub_point()),
    }
    return render(request, "insights/strategy/coverage/coverage.html", context)


@staff_view(VIEW_REPORTS, method="GET")
def show_coverage_gaps(request):
    """Gaps by audience, to plan what the next consultation asks whom."""
    audience = request.GET.get("audience", "")
    found = coverage_matrix.list_gaps(coverage_matrix.build_coverage_cells(timezone.localdate()))
    shown = [place for place in found if audience not in coverage_matrix.AUDIENCES or place.audience == audience]
    numbers, texts, by_audience = number_by_sub_point(), text_by_sub_point(), {}
    for place in shown:
        row = {"number": numbers[place.point], "text": texts[place.point], "slug": place.point, "last": place.last}
        by_audience.setdefault(place.audience, []).append(row)
    named = [(name, label) for name, (label, _) in coverage_matrix.AUDIENCES.items()]
    context = {
        "section": "coverage",
        "audience": audience,
        "audiences": named,
        "groups": [(label, by_audience[name]) for name, label in named if name in by_audience],
        "count": len(shown),
    }
    return render(request, "insights/strategy/coverage/gaps.html", context)


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_coverage_sheet(request):
    releases = list_newest_releases()
    found = coverage_matrix.build_coverage_cells(timezone.localdate(), list_strategy_evidence(releases))
    numbers, texts = number_by_sub_point(), text_by_sub_point()
    ends = ["; ".join(sorted({str(one.codebook_version) for one in releases})), sharing_mark(request.user)]
    rows = [
        [numbers[place.point], texts[place.point], coverage_matrix.AUDIENCES[place.audience][0],
         _describe_cell(place), len(place.decisions), place.last, *ends]
        for place in found.values()
    ]  # fmt: skip
    log = log_tables(theme_tables_of(one.pk for one in releases).values(), *(one.rules for one in releases))
    at = ("Point", "Audience", "Strategy", "People")
    rows += iterate_log_rows(log, COLUMNS, at, dict(zip(COLUMNS[-2:], ends, strict=True)))
    return deliver_table(
        by=request.user,
        kind="coverage of the strategy",
        name="coverage",
        columns=COLUMNS,
        rows=rows,
    )


def _describe_cell(place):
    return "gap" if place.is_gap else place.value or "in words"
