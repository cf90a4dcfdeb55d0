"""Views to download translators' files, dry-run them, accept them, and undo an import."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from consultation.access import NotAllowed, staff_view
from consultation.file_output.file_responses import send_file
from consultation.interface_text import po_files
from consultation.surveys.translations import office_files, page_po_files, policies, translator_files
from consultation.surveys.translations.forms import AcceptedFileForm, TranslatorFileForm
from consultation.surveys.translations.models import TranslatorsFile
from consultation.surveys.translations.translation_rows import load_page_translation
from consultation.surveys.translations.views import (
    get_language_or_404,
    get_source_page,
    redirect_to_language,
    render_language,
)


@staff_view(policies.TRANSLATES, method="GET")
def download_po_file(request, pk, code):
    page, language = get_source_page(pk), get_language_or_404(code)
    words = load_page_translation(page, language.code)
    content = page_po_files.export_po_file(page.title, code, words.all, words.gone)
    return send_file(content, f"{page.slug}-{code}.po", po_files.CONTENT_TYPE)


@staff_view(policies.TRANSLATES, method="GET")
def download_office_file(request, pk, code, form):
    """The same strings as a workbook or a document, for translators without a program for .po files."""
    page, language = get_source_page(pk), get_language_or_404(code)
    words = load_page_translation(page, language.code)
    content = office_files.export_office_file(form, page.title, code, words.all)
    return send_file(content, f"{page.slug}-{code}.{form}", office_files.FORMS[form])


@staff_view(policies.TRANSLATES, method="POST")
def show_po_dry_run(request, pk, code):
    """Show what the file would change, without storing anything."""
    page, language, form = get_source_page(pk), get_language_or_404(code), TranslatorFileForm.of(request)
    if not form.is_valid():
        return render_language(request, page, language, file=form, error="Choose a file first.", status=422)
    content = form.cleaned_data["file"].read(page_po_files.MAX_FILE_BYTES + 1)
    try:
        content = office_files.read_as_po(content)
        found = translator_files.dry_run_file(page=page, language=code, content=content)
    except page_po_files.PoFileRefused as refused:
        return render_language(request, page, language, file=form, error=str(refused), status=422)
    context = {
        "page": page,
        "language": language,
        "machine": form.cleaned_data["machine"],
        "content": content.decode("utf-8-sig"),
        "changes": [one for one in found if one.kind == page_po_files.PoEntryKind.CHANGES],
        "wrong": [one for one in found if one.kind == page_po_files.PoEntryKind.WRONG],
        "left": [one for one in found if one.kind == page_po_files.PoEntryKind.LEFT],
        "same": sum(one.kind == page_po_files.PoEntryKind.SAME for one in found),
    }
    return render(request, "consultation/surveys/translations/file.html", context)


@staff_view(policies.TRANSLATES, method="POST")
def accept_po_file(request, pk, code):
    """Accept the file of the dry run, parsed again: entries that have become wrong since are skipped."""
    page, language = get_source_page(pk), get_language_or_404(code)
    try:
        sent = AcceptedFileForm.of(request).chosen()
        file = translator_files.accept_file(
            page=page, language=code, content=sent["content"].encode(), by=request.user, machine=sent["machine"]
        )
    except page_po_files.PoFileRefused as refused:
        return render_language(request, page, language, error=str(refused), status=422)
    messages.success(request, f"{len(file.changes)} texts were taken." if file else translator_files.NOTHING)
    return redirect_to_language(page, language, "files")


@staff_view(policies.TRANSLATES, method="POST")
def undo_po_import(request, pk, code, file):
    page, language = get_source_page(pk), get_language_or_404(code)
    taken = get_object_or_404(TranslatorsFile, pk=file, page=page, language=code)
    try:
        undone = translator_files.undo_file_import(file=taken, by=request.user)
    except NotAllowed as refused:
        return render_language(request, page, language, error=str(refused), status=422)
    left = len(taken.changes) - undone
    said = f" {left} stay: someone changed them since." if left else ""
    messages.success(request, f"{undone} texts say again what they said before the file.{said}")
    return redirect_to_language(page, language, "files")


@staff_view(policies.TRANSLATES)
def refuse_alias(request, pk):
    """Replaces wagtail-localize's “Convert to alias page”, which would put another page's words on a live one."""
    page = get_object_or_404(Page, pk=pk)
    source = page.get_translation_or_none(Locale.get_default()) or page
    messages.warning(request, "Two people publish each page, so it mirrors no other. Change its words here.")
    return redirect("translations:page", source.pk)


@staff_view(policies.TRANSLATES)
def redirect_editor_files(request, pk, way):
    """Replaces wagtail-localize's own file buttons, whose import would skip the dry run."""
    translation = get_object_or_404(Translation, pk=pk)
    page, code = translation.source.get_source_instance(), translation.target_locale.language_code
    if way == "download":
        return redirect("translations:download", page.pk, code)
    messages.warning(request, "Choose the file here: you see first what it would change.")
    return redirect_to_language(page, get_language_or_404(code), "files")
