"""Downloads of a published release (CSV, its metadata, workbook, JSON) and the data dictionary.

Nobody can export a draft. The audit log records each export with the hash of its bytes.
"""

import json

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation.audit.sheets import XLSX, deliver, deliver_made, write_book
from insights.exports import csvw, dictionary, document, workbook
from insights.exports import figures as figure_sheets
from insights.reports.actions import note_partner
from insights.reports.models import Release
from insights.reports.partners import shared_with


def exporting(view):
    allowed = permission_required(["insights.view_reports", "insights.export"], raise_exception=True)
    return never_cache(login_required(allowed(require_safe(view))))


def for_planners(view):
    return never_cache(login_required(permission_required("insights.view_reports", raise_exception=True)(view)))


def _taken(request, pk):
    """(published release, sharing mark). A partner's view is recorded before any byte is made."""
    published = Release.objects.published().select_related("consultation", "codebook_version__codebook")
    release = get_object_or_404(published, pk=pk)
    note_partner(release=release, by=request.user)
    return release, shared_with(request.user)


def name_of(release):
    return f"{release.consultation.slug}-release-{release.number}"


@exporting
def figures(request, pk):
    release, mark = _taken(request, pk)
    return deliver(
        by=request.user,
        kind="figures of a release",
        name=name_of(release),
        columns=figure_sheets.COLUMNS,
        rows=figure_sheets.rows(release, mark),
        obj=release,
        rules=release.rules,
    )


@exporting
def book(request, pk):
    release, mark = _taken(request, pk)
    return deliver_made(
        by=request.user,
        kind="figures of a release",
        name=f"{name_of(release)}.xlsx",
        content_type=XLSX,
        write=lambda file: write_book(file, workbook.sheets(release, mark)),
        obj=release,
        form="xlsx",
        rules=release.rules,
    )


@exporting
def metadata(request, pk):
    release, mark = _taken(request, pk)
    said = csvw.metadata(release, f"{name_of(release)}.csv", mark=mark)
    name = f"{name_of(release)}.csv-metadata.json"
    return _as_json(request, said, name, "application/csvm+json", release, kind="description of a sheet")


@exporting
def as_json(request, pk):
    release, mark = _taken(request, pk)
    said = document.document_of(release, mark=mark)
    return _as_json(request, said, f"{name_of(release)}.json", "application/json", release, kind="a release")


def _as_json(request, said, name, content_type, release, *, kind):
    made = json.dumps(said, ensure_ascii=False, indent=1).encode()

    def write(file):
        file.write(made)
        return len(said.get("figures", ()))

    more = {"obj": release, "form": "json", "rules": release.rules}
    return deliver_made(by=request.user, kind=kind, name=name, content_type=content_type, write=write, **more)


@for_planners
@require_safe
def dictionary_page(request):
    newest = Release.objects.published().order_by("-published_on", "-pk").first()
    context = {
        "section": "dictionary",
        "columns": dictionary.COLUMNS,
        "lists": dictionary.lists(dictionary.of_all()),
        "newest": newest,
    }
    return render(request, "insights/exports/dictionary.html", context)


@exporting
def dictionary_sheet(request):
    return deliver(
        by=request.user,
        kind="data dictionary",
        name="data-dictionary",
        columns=dictionary.HEAD,
        rows=dictionary.rows(),
    )
