"""Downloads of a published release (CSV, its metadata, workbook, JSON) and the data dictionary.

Nobody can export a draft. The audit log records each export with the hash of its bytes.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.shortcuts import get_object_or_404, render

from consultation.access import staff_view
from consultation.file_output.spreadsheets import XLSX_CONTENT_TYPE, deliver_file, deliver_table, write_workbook
from insights.access import VIEW_REPORTS
from insights.disclosure.disclosure_rules import HIDDEN
from insights.disclosure.rules_wording import wording_of
from insights.exports import data_dictionary, figures_sheet, release_document
from insights.exports import figures_sheet as figure_sheets
from insights.exports.data_dictionary import COLUMNS
from insights.exports.release_document import build_log_document, build_release_summary
from insights.releases.actions import record_partner_view
from insights.releases.disclosure_log import LOG_COLUMNS, log_release
from insights.releases.models import Release
from insights.releases.partner_sharing import sharing_mark

DRAWN = "Themes by people"


def _get_release_and_mark(request, pk):
    """(published release, sharing mark). A partner's view is recorded before any byte is made."""
    published = Release.objects.published().select_related("consultation", "codebook_version__codebook")
    release = get_object_or_404(published.prefetch_related("figures"), pk=pk)
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
        write=lambda file: write_workbook(file, build_sheets(release, mark), drawn=(DRAWN,)),
        obj=release,
        form="xlsx",
        rules=release.rules,
    )


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_csvw_metadata(request, pk):
    release, mark = _get_release_and_mark(request, pk)
    said = build_csvw_metadata(release, f"{export_file_name(release)}.csv", mark=mark)
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
    context = {
        "section": "dictionary",
        "columns": data_dictionary.COLUMNS,
        "lists": data_dictionary.build_code_lists(data_dictionary.wording_of_all_releases()),
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


def build_csvw_metadata(release: Release, url: str, *, mark: str = "") -> dict[str, Any]:
    """Metadata of a published release's sheet. `url` is the sheet's file name, in the same folder."""
    unused = HIDDEN if wording_of(release.rules).perturbed else None
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": f"{release.consultation.title}, release {release.number}",
        "dc:description": wording_of(release.rules).meaning,
        "dc:issued": {"@value": str(release.published_on), "@type": "xsd:date"},
        "dc:rights": mark or "For use inside the partnership.",
        "dc:conformsTo": f"Codebook {release.codebook_version}",
        "notes": build_log_document(release),
        "dialect": {"encoding": "utf-8", "header": True, "quoteChar": '"', "delimiter": ","},
        "tableSchema": {
            "columns": [
                {"name": one.name, "titles": one.title, "datatype": one.type, "dc:description": one.meaning}
                | {"null": [sign for sign in one.null if sign != unused]}
                for one in COLUMNS
            ]
        },
    }


WorkbookSheet = tuple[str, tuple[str, ...], Any]


def build_sheets(release: Release, mark: str = "") -> list[WorkbookSheet]:
    codes = data_dictionary.build_code_lists(wording_of(release.rules))
    return [
        ("Read me first", ("What", "Says"), list(_iterate_release_facts(release, mark))),
        ("Figures", figures_sheet.COLUMNS, figures_sheet.iterate_figure_rows(release, mark)),
        (DRAWN, ("Theme", "People"), _list_shown_themes(release)),
        ("Disclosure log", LOG_COLUMNS, [(line.rule, line.effect, line.numbers) for line in log_release(release)]),
        ("Columns", ("Column", "Meaning", "Type"), [(c.title, c.meaning, c.type) for c in data_dictionary.COLUMNS]),
        ("Codes", data_dictionary.LIST_COLUMNS, [(one["title"], *row) for one in codes for row in one["rows"]]),
    ]


def _list_shown_themes(release: Release) -> list[tuple[str, int]]:
    """Most people first; a theme without a number has no bar."""
    shown = [(row["label"], row["value"]) for row in release.theme_rows() if row["value"] is not None]
    return sorted(shown, key=lambda row: (-row[1], row[0]))


def _iterate_release_facts(release: Release, mark: str) -> Iterator[tuple[str, Any]]:
    facts, rules = build_release_summary(release), wording_of(release.rules)
    if mark:
        yield "Shared", mark
    yield "Consultation", facts["consultation"]["title"]
    yield "Release", facts["number"]
    yield "People", facts["people"] if facts["people"] is not None else rules.too_few_to_ask
    yield "Frozen on", facts["frozen_on"]
    yield "Published on", facts["published_on"]
    yield "Codebook", f"{facts['codebook']['code']} {facts['codebook']['version']}"
    yield "Numbers", rules.meaning
    yield "Rules of disclosure control", ", ".join(f"{name}: {value}" for name, value in facts["rules"].items())
