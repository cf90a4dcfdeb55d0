"""The place summary as a page, a sheet of all consultations, and one page of paper for each."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.file_output.pdf.pdf_renderer import deliver_pdf
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.disclosure.rules_wording import wording_of
from insights.quarter_counts.named_places import find_named_places
from insights.releases.actions import record_partner_view
from insights.releases.disclosure_log import iterate_log_rows, log_tables
from insights.releases.models import Release
from insights.releases.partner_sharing import sharing_mark
from insights.workspace.place_summary.place_tables import list_place_tables, list_releases_by_group

SEE_TRIAGE = "consultation.see_triage"
PAPER, KIND = "insights/workspace/place_summary/paper.html", "places by area and type"
COLUMNS = (
    "Consultation",
    "Release",
    "Place",
    "What people said",
    "Area",
    "People",
    "Of",
    "Percent",
    "Codebook",
    "Shared with",
)
EVERYWHERE = "All areas"


def _list_seen_tables(request, releases):
    """(tables, releases without an area); a partner's view of each release of a table is recorded first."""
    found, without = list_place_tables(releases)
    for one in found:
        record_partner_view(release=one.release, by=request.user)
    return found, without


@staff_view(VIEW_REPORTS, method="GET")
def show_places(request):
    found, without = _list_seen_tables(request, list_releases_by_group())
    rules = wording_of(*(one.release.rules for one in found))
    context = {"section": "assessment", "found": found, "without": without, "rules": rules}
    if request.user.has_perm(SEE_TRIAGE):  # a count of what leads wrote down tells that there are cases (D8)
        context |= find_named_places()
    return render(request, "insights/workspace/place_summary/places.html", context)


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_places_sheet(request):
    found, _ = _list_seen_tables(request, list_releases_by_group())
    return deliver_table(
        by=request.user,
        kind=KIND,
        name="places",
        columns=COLUMNS,
        rows=[row for one in found for row in _list_sheet_rows(one, sharing_mark(request.user))],
    )


def _list_sheet_rows(one, mark):
    ends, named = (str(one.release.codebook_version), mark), (one.release.consultation.title, one.release.number)
    for row in one.rows:
        for area, cell, of in zip((EVERYWHERE, *one.areas), (row.total, *row.cells), row.of, strict=True):
            numbers = [each["symbol"] if each["value"] is None else each["value"] for each in (cell, of)]
            yield [*named, row.place, row.said, area, *numbers, cell.get("percent"), *ends]
    always = dict(zip((*COLUMNS[:2], *COLUMNS[-2:]), (*named, *ends), strict=True))
    at = ("Place", "Area", "What people said", "People")
    yield from iterate_log_rows(log_tables(one.tables, one.release.rules), COLUMNS, at, always)


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_places_paper(request, pk):
    """One page of one release, for a meeting."""
    release = get_object_or_404(
        Release.objects.published().select_related("consultation", "codebook_version__codebook"), pk=pk
    )
    one = next(iter(_list_seen_tables(request, [release])[0]), None)
    if one is None:
        raise Http404
    return deliver_pdf(
        request,
        PAPER,
        {"one": one, "mark": sharing_mark(request.user), "footnote": wording_of(release.rules).in_one_line},
        back=reverse("insights:places"),
        kind=KIND,
        name=f"places-{release.consultation.slug}-release-{release.number}",
        obj=release,
        rules=release.rules,
    )
