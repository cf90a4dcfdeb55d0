"""Officers export a questionnaire as a sheet, and import one as a draft."""

import io

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.file_output.spreadsheets import deliver_file, deliver_table, write_csv
from consultation.surveys.exchange import actions
from consultation.surveys.exchange.picture_archive import MOST_BYTES, list_picture_names, write_archive
from consultation.surveys.exchange.promise_rows import list_promise_rows
from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire, list_question_types
from consultation.surveys.exchange.sheet_writing import build_cells
from consultation.surveys.models import ConsultationPage
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content

NO_FILE = f"Choose a CSV or ZIP file first, of {MOST_BYTES // 1_000_000} MB at most."


class SheetForm(PostedForm):
    file = forms.FileField(allow_empty_file=True, error_messages={"required": NO_FILE})

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(NO_FILE)
        return self.cleaned_data["file"]


@staff_view("consultation.edit_consultation")
def show_exchange(request):
    problems, form = [], SheetForm.of(request)
    if form.is_bound:
        try:
            uploaded = form.chosen()["file"]
            page = actions.import_questionnaire(raw=uploaded.read(), name=uploaded.name, by=request.user)
            messages.success(request, f"“{page.title}” is a draft now. Look at each question before you hand it on.")
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        except InvalidQuestionnaire as error:
            problems = error.problems
        except NotAllowed as refused:
            problems = [(0, str(refused))]
    rows = [
        {"page": page, "version": page.versions.order_by("-number").first()}
        for page in ConsultationPage.objects.sources().defer("body").order_by("title", "pk")
    ]
    context = {
        "rows": rows,
        "problems": problems[:50],
        "more": max(len(problems) - 50, 0),
        "types": list_question_types(),
    }
    status = 422 if problems else 200
    return render(request, "consultation/surveys/exchange/exchange.html", context, status=status)


@staff_view("consultation.edit_consultation", method="GET")
def download_sheet(request, pk, what):
    """Download the newest published version or the newest draft, without its pictures."""
    page, version, content, promises = _find_questionnaire(pk, what)
    names, rows = build_cells(content, promises)
    return deliver_table(
        by=request.user, kind="questionnaire", name=f"{page.slug}-{what}", columns=names, rows=rows,
        consultation=page.pk, version=version,
    )  # fmt: skip


@staff_view("consultation.edit_consultation", method="GET")
def download_archive(request, pk, what):
    """The same with its pictures."""
    page, version, content, promises = _find_questionnaire(pk, what)
    return deliver_file(
        by=request.user, kind="questionnaire", name=f"{page.slug}-{what}.zip", content_type="application/zip",
        write=lambda file: _write_archive(file, content, promises), form="zip",
        consultation=page.pk, version=version,
    )  # fmt: skip


def _write_archive(file, content, promises):
    sheet = io.BytesIO()
    rows = write_csv(sheet, *build_cells(content, promises))
    write_archive(file, sheet.getvalue(), list_picture_names(content))
    return rows


def _find_questionnaire(pk, what):
    """(page, number of the version or 0, content, rows of promises)"""
    page = get_object_or_404(ConsultationPage.objects.sources(), pk=pk)
    version = page.versions.order_by("-number").first()
    if what not in ("published", "draft") or (what == "published" and version is None):
        raise Http404
    others = page.get_translations().select_related("locale")
    if what == "published":
        pages = [page, *(one.specific for one in others.live())]
        return page, version.number, version.content, list(list_promise_rows(_map_by_language(pages)))
    pages = _map_by_language(one.specific.get_latest_revision_as_object() for one in (page, *others))
    keys = QuestionnaireKeys(version.content for version in page.versions.order_by("number"))
    content = build_version_content(
        pages[settings.LANGUAGE_CODE], {c: p for c, p in pages.items() if p.pk != pk}, keys
    )
    return page, 0, content, list(list_promise_rows(pages))


def _map_by_language(pages):
    return {page.locale.language_code: page for page in pages}
