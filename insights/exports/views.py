"""Downloads of a published release (CSV, its metadata, workbook, JSON) and the data dictionary.

Nobody can export a draft. The audit log records each export with the hash of its bytes.
"""

import json
from itertools import chain

from django.shortcuts import get_object_or_404, render

from consultation.access import staff_view
from consultation.file_output.spreadsheets import XLSX_CONTENT_TYPE, deliver_file, deliver_table, write_workbook
from insights.access import VIEW_REPORTS
from insights.exports import csvw_metadata, data_dictionary, release_document, release_workbook
from insights.exports import figures_sheet as figure_sheets
from insights.releases.actions import record_partner_view
from insights.releases.models import Release
from insights.releases.partner_sharing import sharing_mark


def _get_release_and_mark(request, pk):
    """(published release, sharing mark). A partner's view is recorded before any byte is made."""
    published = Release.objects.published().select_related("consultation", "codebook_version__codebook")
    release = get_object_or_404(published, pk=pk)
    record_partner_view(release=release, by=request.user)
    return release, sharing_mark(request.user)


def export_file_name(release):
    return f"{release.consultation.slug}-release-{release.number}"


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_figures_csv(request, pk):
    release, mark = _get_release_and_mark(request, pk)
    return deliver_table(
        by=request.user,
        kind="figures of a release",
        name=export_file_name(release),
        columns=figure_sheets.COLUMNS,
        rows=chain(figure_sheets.iterate_figure_rows(release, mark), figure_sheets.iterate_release_log(release, mark)),
        obj=release,
        rules=release.rules,
    )


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_figures_workbook(request, pk):
    release, mark = _get_release_and_mark(request, pk)
    return deliver_file(
        by=request.user,
        kind="figures of a release",
        name=f"{export_file_name(release)}.xlsx",
        content_type=XLSX_CONTENT_TYPE,
        write=lambda file: write_workbook(
            file, release_workbook.build_sheets(release, mark), drawn=(release_workbook.DRAWN,)
        ),
        obj=release,
        form="xlsx",
        rules=release.rules,
    )


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_csvw_metadata(request, pk):
    release, mark = _get_release_and_mark(request, pk)
    said = csvw_metadata.build_csvw_metadata(release, f"{export_file_name(release)}.csv", mark=mark)
    name = f"{export_file_name(release)}.csv-metadata.json"
    return _deliver_json(request, said, name, "application/csvm+json", release, kind="description of a sheet")


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_release_json(request, pk):
    release, mark = _get_release_and_mark(request, pk)
    said = release_document.build_release_document(release, mark=mark)
    return _deliver_json(
        request, said, f"{export_file_name(release)}.json", "application/json", release, kind="a release"
    )


def _deliver_json(request, said, name, content_type, release, *, kind):
    made = json.dumps(said, ensure_ascii=False, indent=1).encode()

    def write(file):
        file.write(made)
        return len(said.get("figures", ()))

    more = {"obj": release, "form": "json", "rules": release.rules}
    return deliver_file(by=request.user, kind=kind, name=name, content_type=content_type, write=write, **more)


@staff_view(VIEW_REPORTS, method="GET")
def show_data_dictionary(request):
    newest = Release.objects.published().order_by("-published_on", "-pk").first()
    context = {
        "section": "dictionary",
        "columns": data_dictionary.COLUMNS,
        "lists": data_dictionary.build_code_lists(data_dictionary.wording_of_all_releases()),
        "newest": newest,
    }
    return render(request, "insights/exports/dictionary.html", context)


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_data_dictionary(request):
    return deliver_table(
        by=request.user,
        kind="data dictionary",
        name="data-dictionary",
        columns=data_dictionary.LIST_COLUMNS,
        rows=data_dictionary.iterate_dictionary_rows(),
    )
