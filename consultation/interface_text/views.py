"""Languages pages: coverage of each language, its texts beside the English, checks and corrections (X7)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import NotAllowed, staff_view
from consultation.interface_text import (
    LANGUAGES,
    actions,
    get_language_coverage,
    po_files,
    translation_corrections,
    translation_review,
)
from consultation.interface_text.forms import (
    InterfaceTextFilter,
    PoUploadForm,
    TextCheckForm,
    TextCorrectionForm,
    WaitingTextsForm,
)
from consultation.interface_text.models import WordCheck

CHANGED_MEANWHILE = "Some of these words changed while you read them. Nothing was kept. Read them once more, please."
WAITS = "{words}: kept, and shown when another officer has read them. Until then pages stay as they are."
NOTHING_HERE = "Nothing here waits for a check."


def _get_language(code):
    """A language that can be checked; 404 for English, the source."""
    found = next((each for each in LANGUAGES if each.code == code and code != "en"), None)
    if found is None:
        raise Http404
    return found


@staff_view("consultation.edit_consultation", method="GET")
def show_languages(request):
    checks = translation_corrections.get_corrections().checks
    rows = []
    for each in LANGUAGES:
        last = next(iter(checks.get(each.code, ())), None)
        rows.append({"language": each, "coverage": get_language_coverage(each.code), "last": last})
    return render(request, "consultation/interface_text/languages.html", {"rows": rows})


@staff_view("consultation.edit_consultation", method="GET")
def show_language(request, code):
    return _render_language(request, _get_language(code))


def _render_language(request, language, *, tick=None, file=None, refused=(), status=200):
    listing = InterfaceTextFilter(request.GET)
    everything = translation_review.list_review_rows(language.code)
    rows = listing.rows(everything)
    name = {"checker": request.user.get_full_name()}
    waiting_texts = translation_review.list_waiting_corrections(language.code, everything)
    context = {
        "language": language,
        "coverage": get_language_coverage(language.code),
        "filter": listing,
        "rows": rows,
        "total": len(everything),
        "waiting": sum(row.state in translation_review.OPEN_STATES for row in rows),
        "tick": tick or TextCheckForm(initial=name),
        "file": file or PoUploadForm(initial=name),
        "refused": refused,
        "waiting_texts": waiting_texts,
        "waiting_for_me": sum(
            each["fits"] and each["correction"].written_by_id != request.user.pk for each in waiting_texts
        ),
        "checks": WordCheck.objects.filter(language=language.code).select_related("noted_by"),
    }
    return render(request, "consultation/interface_text/language.html", context, status=status)


@staff_view("consultation.edit_consultation", method="POST")
def save_text_check(request, code):
    """Save a check of the displayed texts; the list's filter is in the query string."""
    language, form = _get_language(code), TextCheckForm.of(request)
    if not form.is_valid():
        return _render_language(request, language, tick=form, status=422)
    shown = InterfaceTextFilter(request.GET).rows(translation_review.list_review_rows(language.code))
    seen = form.digests_seen()
    waiting = {row.key for row in shown if row.state in translation_review.OPEN_STATES} & seen.keys()
    if not waiting:
        messages.warning(request, NOTHING_HERE)
        return redirect("languages:language", code)
    try:
        read = {key: seen[key] for key in waiting}
        actions.check_texts(language=code, checker=form.cleaned_data["checker"], seen=read, by=request.user)
    except actions.TextsChanged:
        messages.error(request, CHANGED_MEANWHILE)
    else:
        messages.success(request, f"{form.cleaned_data['checker']} has checked {_count_words(len(read))}.")
    return redirect("languages:language", code)


@staff_view("consultation.edit_consultation", method="POST")
def decide_waiting_texts(request, code):
    """A second person shows new words, or anybody drops them."""
    language, form = _get_language(code), WaitingTextsForm.of(request)
    try:
        show = form.chosen()["do"] == "confirm"
        decide = actions.confirm_texts if show else actions.refuse_texts
        number = decide(language=code, seen=form.digests_seen(), by=request.user)
    except actions.TextsChanged:
        messages.error(request, CHANGED_MEANWHILE)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        done = "on the pages now" if show else "dropped. The pages go on as they are"
        messages.success(request, f"{_count_words(number)}: {done}.")
    return redirect(f"{reverse('languages:language', args=[language.code])}#second")


@staff_view("consultation.edit_consultation", method="POST")
def undo_text_check(request, code, pk):
    check = get_object_or_404(WordCheck, pk=pk, language=_get_language(code).code)
    words = len(check.digests)
    actions.undo_text_check(check=check, by=request.user)
    messages.success(request, f"The check of {_count_words(words)} by {check.checker} no longer counts.")
    return redirect("languages:language", code)


@staff_view("consultation.edit_consultation", method="GET")
def download_po_file(request, code):
    content = po_files.export_po_file(_get_language(code).code)
    headers = {"Content-Disposition": f'attachment; filename="words-{code}.po"'}
    return HttpResponse(content, content_type=po_files.CONTENT_TYPE, headers=headers)


@staff_view("consultation.edit_consultation", method="POST")
def upload_po_file(request, code):
    language, form = _get_language(code), PoUploadForm.of(request)
    if not form.is_valid():
        return _render_language(request, language, file=form, status=422)
    content, checker = form.cleaned_data["file"].read(po_files.MAX_FILE_BYTES + 1), form.cleaned_data["checker"]
    try:
        found = actions.import_po_file(language=code, content=content, checker=checker, by=request.user)
    except po_files.PoFileRefused as refused:
        return _render_language(request, language, file=form, refused=refused.sentences, status=422)
    said = WAITS.format(words=_count_words(len(found.texts))) if found.texts else "The file changes nothing."
    if found.old:
        said += f" {_count_words(found.old)} of the file were left out: their English has changed since it was made."
    messages.success(request, said)
    return redirect("languages:language", code)


@staff_view("consultation.edit_consultation")
def edit_text(request, code, key):
    language = _get_language(code)
    row = translation_review.get_review_row(code, key)
    if row is None:
        raise Http404
    if request.POST.get("do") == "restore":
        actions.restore_text(language=code, key=key, by=request.user)
        messages.success(request, WAITS.format(words="The words that came with the site"))
        return redirect("languages:word", code, key)
    initial = {"text": row.text, "easy_read": row.easy_read, "checker": request.user.get_full_name()}
    form = TextCorrectionForm.of(request, initial=initial, language=language, row=row)
    if form.is_valid() and _save_correction(request, language, key, form):
        return redirect("languages:language", code)
    context = {"language": language, "row": row, "form": form}
    return render(request, "consultation/interface_text/word.html", context, status=422 if form.is_bound else 200)


def _save_correction(request, language, key, form):
    said = {name: form.cleaned_data.get(name, "") for name in ("text", "easy_read", "checker")}
    try:
        actions.correct_text(language=language.code, key=key, by=request.user, **said)
    except actions.FaultyTranslation as wrong:
        for name, sentences in wrong.faults.items():
            for sentence in sentences:
                form.add_error(name, sentence)
        return False
    messages.success(request, WAITS.format(words="Your words"))
    return True


def _count_words(number):
    return f"{number} word" if number == 1 else f"{number} words"
