"""Views to download translators' files, dry-run them, accept them, and undo an import."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail_localize.models import Translation

from consultation.questionnaires.translating import actions, files, po
from consultation.questionnaires.translating.forms import FileForm
from consultation.questionnaires.translating.models import TranslatorsFile
from consultation.questionnaires.translating.rows import words_of
from consultation.questionnaires.translating.views import back, in_language, language_at, officers, page_at


@officers
@require_safe
def download(request, pk, code):
    page, language = page_at(pk), language_at(code)
    words = words_of(page, language.code)
    content = po.exported(page.title, code, words.all, words.gone)
    file = HttpResponse(content, content_type="text/x-gettext-translation; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{page.slug}-{code}.po"'
    return file


@officers
@require_POST
def look(request, pk, code):
    """Show what the file would change, without storing anything."""
    page, language, form = page_at(pk), language_at(code), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return in_language(request, page, language, file=form, error="Choose a file first.", status=422)
    content = form.cleaned_data["file"].read(po.BIGGEST + 1)
    try:
        found = files.dry_run(page=page, language=code, content=content)
    except po.Refused as refused:
        return in_language(request, page, language, file=form, error=str(refused), status=422)
    context = {
        "page": page,
        "language": language,
        "machine": form.cleaned_data["machine"],
        "content": content.decode("utf-8-sig"),
        "changes": [one for one in found if one.kind == po.Kind.CHANGES],
        "wrong": [one for one in found if one.kind == po.Kind.WRONG],
        "left": [one for one in found if one.kind == po.Kind.LEFT],
        "same": sum(one.kind == po.Kind.SAME for one in found),
    }
    return render(request, "consultation/translating/file.html", context)


@officers
@require_POST
def take(request, pk, code):
    """Accept the file of the dry run, parsed again: entries that have become wrong since are skipped."""
    page, language = page_at(pk), language_at(code)
    content, machine = request.POST.get("content", "").encode(), bool(request.POST.get("machine"))
    try:
        file = files.take(page=page, language=code, content=content, by=request.user, machine=machine)
    except po.Refused as refused:
        return in_language(request, page, language, error=str(refused), status=422)
    messages.success(request, f"{len(file.changes)} strings were taken." if file else files.NOTHING)
    return back(page, language, "files")


@officers
@require_POST
def undo(request, pk, code, file):
    page, language = page_at(pk), language_at(code)
    taken = get_object_or_404(TranslatorsFile, pk=file, page=page, language=code)
    try:
        undone = files.undo(file=taken, by=request.user)
    except actions.NotAllowed as refused:
        return in_language(request, page, language, error=str(refused), status=422)
    left = len(taken.changes) - undone
    said = f" {left} stay: someone changed them since." if left else ""
    messages.success(request, f"{undone} strings say again what they said before the file.{said}")
    return back(page, language, "files")


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def from_the_editor(request, pk, way):
    """Replaces wagtail-localize's own file buttons, whose import would skip the dry run."""
    translation = get_object_or_404(Translation, pk=pk)
    page, code = translation.source.get_source_instance(), translation.target_locale.language_code
    if way == "download":
        return redirect("translations:download", page.pk, code)
    messages.warning(request, "Choose the file here: you see first what it would change.")
    return back(page, language_at(code), "files")
