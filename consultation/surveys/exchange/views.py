"""Officers export a questionnaire as a sheet, and import one as a draft."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.file_output.spreadsheets import deliver_table
from consultation.surveys.exchange import actions
from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire, list_question_types
from consultation.surveys.exchange.sheet_writing import build_cells
from consultation.surveys.models import ConsultationPage
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content

MOST_BYTES = 2_000_000
NO_FILE = "Choose a CSV file first, of 2 MB at most."


class SheetForm(PostedForm):
    file = forms.FileField(allow_empty_file=True, error_messages={"required": NO_FILE})

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(NO_FILE)
        return self.cleaned_data["file"]


def _list_source_pages():
    return ConsultationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


@staff_view("consultation.edit_consultation")
@require_http_methods(["GET", "HEAD", "POST"])
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
        for page in _list_source_pages().defer("body").order_by("title", "pk")
    ]
    context = {
        "rows": rows,
        "problems": problems[:50],
        "more": max(len(problems) - 50, 0),
        "types": list_question_types(),
    }
    status = 422 if problems else 200
    return render(request, "consultation/surveys/exchange/exchange.html", context, status=status)


@staff_view("consultation.edit_consultation")
@require_safe
def download_sheet(request, pk, what):
    """Download the newest published version or the newest draft."""
    page = get_object_or_404(_list_source_pages(), pk=pk)
    version = page.versions.order_by("-number").first()
    if what not in ("published", "draft") or (what == "published" and version is None):
        raise Http404
    names, rows = build_cells(version.content if what == "published" else _build_draft_content(page))
    return deliver_table(
        by=request.user,
        kind="questionnaire",
        name=f"{page.slug}-{what}",
        columns=names,
        rows=rows,
        consultation=page.pk,
        version=version.number if what == "published" else 0,
    )


def _build_draft_content(page):
    """The newest draft with the newest drafts of all its translations."""
    others = page.get_translations().select_related("locale")
    drafts = {one.locale.language_code: one.specific.get_latest_revision_as_object() for one in others}
    keys = QuestionnaireKeys(version.content for version in page.versions.order_by("number"))
    return build_version_content(page.get_latest_revision_as_object(), drafts, keys)
