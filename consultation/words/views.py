"""Languages pages: coverage of each language, its texts beside the English, checks and corrections (X7)."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import conditional_escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.words import LANGUAGES, actions, checking, po, spoken, words_for
from consultation.words.forms import FileForm, Filter, TickForm, WordForm
from consultation.words.models import WordCheck
from consultation.words.table import WORDS

CHANGED_MEANWHILE = "Some of these words changed while you read them. Nothing was kept. Read them once more, please."
NOTHING_HERE = "Nothing here waits for a check."


def officers(view):
    guarded = login_required(permission_required("consultation.edit_consultation", raise_exception=True)(view))
    return never_cache(wraps(view)(guarded))


def _language(code):
    """A language that can be checked; 404 for English, the source."""
    found = next((each for each in LANGUAGES if each.code == code and code != "en"), None)
    if found is None:
        raise Http404
    return found


@officers
@require_safe
def languages(request):
    checks = spoken.current().checks
    rows = [
        {"language": each, "coverage": words_for(each.code), "last": next(iter(checks.get(each.code, ())), None)}
        for each in LANGUAGES
    ]
    return render(request, "consultation/words/languages.html", {"rows": rows})


@officers
@require_safe
def language(request, code):
    return _page(request, _language(code))


def _page(request, language, *, tick=None, file=None, refused=(), status=200):
    listing = Filter(request.GET)
    everything = checking.rows(language.code)
    rows = listing.rows(everything)
    name = {"checker": request.user.get_full_name()}
    context = {
        "language": language,
        "coverage": words_for(language.code),
        "filter": listing,
        "rows": rows,
        "total": len(everything),
        "waiting": sum(row.state in checking.OPEN for row in rows),
        "tick": tick or TickForm(initial=name),
        "file": file or FileForm(initial=name),
        "refused": refused,
        "checks": WordCheck.objects.filter(language=language.code).select_related("noted_by"),
    }
    return render(request, "consultation/words/language.html", context, status=status)


@officers
@require_POST
def tick(request, code):
    """Save a check of the displayed texts; the list's filter is in the query string."""
    language, form = _language(code), TickForm(request.POST)
    if not form.is_valid():
        return _page(request, language, tick=form, status=422)
    shown = Filter(request.GET).rows(checking.rows(language.code))
    seen = {key: digest for key, _, digest in (each.partition(" ") for each in request.POST.getlist("seen"))}
    waiting = {row.key for row in shown if row.state in checking.OPEN} & seen.keys()
    if not waiting:
        messages.warning(request, NOTHING_HERE)
        return redirect("languages:language", code)
    try:
        read = {key: seen[key] for key in waiting}
        actions.check(language=code, checker=form.cleaned_data["checker"], seen=read, by=request.user)
    except actions.WordsChanged:
        messages.error(request, CHANGED_MEANWHILE)
    else:
        messages.success(request, f"{form.cleaned_data['checker']} has checked {_words(len(read))}.")
    return redirect("languages:language", code)


@officers
@require_POST
def undo(request, code, pk):
    check = get_object_or_404(WordCheck, pk=pk, language=_language(code).code)
    words = len(check.digests)
    actions.undo(check=check, by=request.user)
    messages.success(request, f"The check of {_words(words)} by {check.checker} no longer counts.")
    return redirect("languages:language", code)


@officers
@require_safe
def download(request, code):
    file = HttpResponse(po.exported(_language(code).code), content_type="text/x-gettext-translation; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="words-{code}.po"'
    return file


@officers
@require_POST
def upload(request, code):
    language, form = _language(code), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, language, file=form, status=422)
    content = form.cleaned_data["file"].read(po.BIGGEST + 1)
    try:
        found = actions.take(language=code, content=content, checker=form.cleaned_data["checker"], by=request.user)
    except po.Refused as refused:
        return _page(request, language, file=form, refused=refused.sentences, status=422)
    messages.success(request, _taken(found))
    return redirect("languages:language", code)


def _taken(found):
    said = f"{_words(len(found.texts))} changed." if found.texts else "The file changes nothing."
    left = f" {_words(found.old)} of the file were left out: their English has changed since it was made."
    return said + (left if found.old else "")


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def word(request, code, key):
    language = _language(code)
    row = checking.row(code, key) if key in WORDS else None
    if row is None:
        raise Http404
    if request.POST.get("do") == "restore":
        actions.restore(language=code, key=key, by=request.user)
        messages.success(request, "These are the words that came with the site again.")
        return redirect("languages:word", code, key)
    initial = {"text": row.text, "easy_read": row.easy_read, "checker": request.user.get_full_name()}
    form = WordForm(request.POST or None, initial=initial, language=language, row=row)
    if form.is_bound and form.is_valid() and _corrected(request, language, key, form):
        return redirect("languages:language", code)
    context = {"language": language, "row": row, "form": form}
    return render(request, "consultation/words/word.html", context, status=422 if form.is_bound else 200)


def _corrected(request, language, key, form):
    said = {name: form.cleaned_data.get(name, "") for name in ("text", "easy_read", "checker")}
    try:
        actions.correct(language=language.code, key=key, by=request.user, **said)
    except actions.WrongWords as wrong:
        for name, sentences in wrong.faults.items():
            for sentence in sentences:
                form.add_error(name, sentence)
        return False
    messages.success(
        request, f"The words are changed. They count as checked by {conditional_escape(said['checker'])}."
    )
    return True


def _words(number):
    return f"{number} word" if number == 1 else f"{number} words"
