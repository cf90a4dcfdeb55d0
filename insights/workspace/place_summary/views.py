"""The place summary as a page, a sheet of all consultations, and one page of paper for each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from consultation.access import staff_view
from consultation.file_output.pdf import pdf_press
from consultation.file_output.spreadsheets import deliver_file, deliver_table
from insights.access import VIEW_REPORTS, planner_view
from insights.disclosure.rules_wording import wording_of
from insights.quarter_counts.named_places import find_named_places
from insights.releases.actions import record_partner_view
from insights.releases.disclosure_log import log_tables
from insights.releases.models import Release
from insights.releases.partner_sharing import sharing_mark
from insights.releases.theme_evidence import list_newest_releases
from insights.workspace.place_summary.place_tables import list_place_tables

PAPER = "insights/workspace/place_summary/paper.html"
NO_PDF_LIBRARY = "This machine cannot make a PDF: Pango is missing. Print the page instead."
COLUMNS = (
    "Consultation",
    "Release",
    "Place",
    "What people said",
    "Area",
    "People",
    "Percent",
    "Codebook",
    "Shared with",
)
EVERYWHERE = "All areas"


def _list_seen_tables(request, releases):
    """The tables; a partner's view of each release is recorded first."""
    found = list_place_tables(releases)
    for one in found:
        record_partner_view(release=one.release, by=request.user)
    return found


@planner_view
@require_safe
def show_places(request):
    found = _list_seen_tables(request, list_newest_releases())
    rules = wording_of(*(one.release.rules for one in found))
    context = {"section": "assessment", "found": found, "rules": rules, **find_named_places()}
    return render(request, "insights/workspace/place_summary/places.html", context)


@staff_view(VIEW_REPORTS, "insights.export")
@require_safe
def download_places_sheet(request):
    found, mark = _list_seen_tables(request, list_newest_releases()), sharing_mark(request.user)
    return deliver_table(
        by=request.user,
        kind="places by area and type",
        name="places",
        columns=COLUMNS,
        rows=[[*row, mark] for one in found for row in _list_sheet_rows(one)],
    )


def _list_sheet_rows(one):
    ends, named = str(one.release.codebook_version), (one.release.consultation.title, one.release.number)
    for row in one.rows:
        for area, cell in zip((EVERYWHERE, *one.areas), (row.total, *row.cells), strict=True):
            number = cell["symbol"] if cell["value"] is None else cell["value"]
            yield [*named, row.place, row.said, area, number, cell.get("percent"), ends]
    for line in log_tables(one.tables, one.release.rules):
        yield [*named, "Disclosure log", line.what, line.rule, line.in_words, "", ends]


@staff_view(VIEW_REPORTS, "insights.export")
@require_safe
def download_places_paper(request, pk):
    """One page of one release, for a meeting."""
    release = get_object_or_404(
        Release.objects.published().select_related("consultation", "codebook_version__codebook"), pk=pk
    )
    found = next(iter(_list_seen_tables(request, [release])), None)
    if found is None:
        raise Http404
    context = {
        "one": found,
        "mark": sharing_mark(request.user),
        "footnote": wording_of(release.rules).footnote,
        "log": log_tables(found.tables, release.rules),
    }
    try:
        made = pdf_press.render_pdf(PAPER, context)
    except pdf_press.PdfUnavailable:
        messages.error(request, NO_PDF_LIBRARY)
        return redirect("insights:places")
    return deliver_file(
        by=request.user,
        kind="places by area and type",
        name=f"places-{release.consultation.slug}-release-{release.number}.pdf",
        content_type="application/pdf",
        write=lambda file: 0 * file.write(made),
        obj=release,
        form="pdf",
        rules=release.rules,
    )
