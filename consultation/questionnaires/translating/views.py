"""Translation pages for officers: each page in each language, source and translation side by side."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from consultation.questionnaires.translating import actions, policies
from consultation.questionnaires.translating.forms import FileForm, Filter, ReasonForm, SendForm, WordsForm
from consultation.questionnaires.translating.listing import editor_of, page_rows
from consultation.questionnaires.translating.models import TranslatorsFile
from consultation.questionnaires.translating.policies import State
from consultation.questionnaires.translating.rows import together, words_of
from consultation.questionnaires.translating.sources import ahead_of, source_now, sources
from consultation.words import LANGUAGES


def officers(view):
    guarded = login_required(permission_required(policies.TRANSLATES, raise_exception=True)(view))
    return never_cache(wraps(view)(guarded))


def page_at(pk):
    """A page in the source language."""
    return get_object_or_404(Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1), pk=pk)


def language_at(code):
    found = next((each for each in LANGUAGES if each.code == code and code != settings.LANGUAGE_CODE), None)
    if found is None:
        raise Http404
    return found


@officers
@require_safe
def listing(request):
    return render(request, "consultation/translating/list.html", page_rows(request.user))


@officers
@require_safe
def of_page(request, pk):
    page = page_at(pk)
    found = sources(source_now(page))
    ahead = ahead_of(page, found)
    rows = [
        {"language": each, "words": words_of(page, each.code, found, ahead)}
        for each in LANGUAGES
        if each.code != settings.LANGUAGE_CODE
    ]
    return render(request, "consultation/translating/page.html", {"page": page, "rows": rows, "ahead": len(ahead)})


@officers
@require_safe
def side_by_side(request, pk, code):
    return in_language(request, page_at(pk), language_at(code))


def in_language(request, page, language, *, error="", send=None, reason=None, file=None, posted=None, status=200):
    """Render the page of one language; `posted`: a checker's input that could not be saved."""
    words, posted = words_of(page, language.code), posted or {}
    listing = Filter(request.GET)
    rows, ahead = listing.rows(words.rows), listing.rows(words.ahead)
    checker = words.check.checker_id if words.check else None
    groups, coming = (
        [(where, [_said(row, request.user, checker, posted) for row in ones]) for where, ones in together(some)]
        for some in (rows, ahead)
    )
    context = {
        "page": page,
        "language": language,
        "words": words,
        "filter": listing,
        "shown": len(rows),
        "groups": groups,
        "coming": coming,
        "judging": any(one["judged"] for _, ones in [*groups, *coming] for one in ones),
        "checks": policies.may_check(request.user) and request.user.pk == checker,
        "may_withdraw": policies.may_check(request.user),
        "editor": editor_of(words),
        "error": error,
        "send": send or SendForm(words=words, by=request.user),
        "reason": reason or ReasonForm(),
        "file": file or FileForm(),
        "files": TranslatorsFile.objects.filter(page=page.pk, language=language.code).select_related("by")[:10],
    }
    return render(request, "consultation/translating/language.html", context, status=status)


def _said(row, user, checker, posted):
    """The template context of a row. A string sent back keeps that verdict until its checker changes it."""
    judged = policies.may_judge(user, written_by=row.by, checker=checker)
    return {
        "row": row,
        "judged": judged and row.state in policies.OPEN,
        "own": user.pk == checker == row.by and row.state in policies.OPEN,
        "verdict": posted.get(f"v-{row.place}", "back" if row.state == State.BACK else ""),
        "note": posted.get(f"n-{row.place}", row.note),
    }


def back(page, language, at=""):
    return redirect(reverse("translations:language", args=[page.pk, language.code]) + (f"#{at}" if at else ""))


@officers
@require_POST
def begin(request, pk, code):
    page, language = page_at(pk), language_at(code)
    taken = actions.begin(page=page, language=code, by=request.user)
    if taken:
        messages.success(request, f"{taken} strings were taken in from the page in {language.name}.")
    else:
        messages.success(request, f"{language.name} is begun. Nobody sees it before it was checked.")
    return back(page, language)


@officers
@require_POST
def send(request, pk, code):
    page, language = page_at(pk), language_at(code)
    form = SendForm(request.POST, words=words_of(page, code), by=request.user)
    if not form.is_valid():
        return in_language(request, page, language, send=form, error="It was not sent. See below.", status=422)
    try:
        check = actions.send(page=page, language=code, by=request.user, **form.cleaned_data)
    except actions.NotAllowed as refused:
        return in_language(request, page, language, send=form, error=str(refused), status=422)
    messages.success(request, f"{check.checker.get_full_name() or check.checker} is asked to check it.")
    return back(page, language)


@officers
@require_POST
def judge(request, pk, code):
    page, language = page_at(pk), language_at(code)
    live = request.POST.get("do") == "live"
    try:
        with transaction.atomic():
            kept = actions.judge(page=page, language=code, said=_verdicts(request.POST), by=request.user)
            read = actions.put_live(page=page, language=code, by=request.user) if live else None
    except actions.NotAllowed as refused:
        return in_language(request, page, language, error=str(refused), posted=request.POST, status=422)
    messages.success(request, f"{kept} strings are judged.")
    if read is not None:
        messages.success(request, f"{language.name} is live: {read} strings.")
    return back(page, language)


def _verdicts(posted):
    """{digest of the text shown: (right, note)}. With "the rest is right", strings without a verdict are right."""
    rest = posted.get("do") in ("rest", "live")
    said = {}
    for name in posted:
        if name.startswith("d-") and (answer := posted.get(f"v-{name[2:]}") or ("right" if rest else "")):
            said[posted[name]] = (answer == "right", posted.get(f"n-{name[2:]}", ""))
    return said


@officers
@require_POST
def put_live(request, pk, code):
    page, language = page_at(pk), language_at(code)
    try:
        read = actions.put_live(page=page, language=code, by=request.user)
    except actions.NotAllowed as refused:
        return in_language(request, page, language, error=str(refused), status=422)
    messages.success(request, f"{language.name} is live: {read} strings.")
    return back(page, language)


@officers
@require_POST
def withdraw(request, pk, code):
    page, language, form = page_at(pk), language_at(code), ReasonForm(request.POST)
    if not form.is_valid():
        return in_language(request, page, language, reason=form, error=actions.NO_REASON, status=422)
    said = {"reason": form.cleaned_data["reason"], "digest": request.POST.get("digest", ""), "by": request.user}
    try:
        taken = actions.withdraw(page=page, language=code, **said)
    except actions.NotAllowed as refused:
        return in_language(request, page, language, reason=form, error=str(refused), status=422)
    messages.success(request, f"{taken} approvals were taken back.")
    return back(page, language)


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk, code, place):
    """Edit one string, starting from its text or from the translation of its former source."""
    page, language = page_at(pk), language_at(code)
    row, bound = words_of(page, code).at(place), request.method == "POST"
    if row is None and request.POST.get("text"):
        error = actions.GONE.format(text=request.POST["text"])
        return in_language(request, page, language, error=error, status=422)
    if row is None:
        raise Http404
    initial = {"text": row.text or row.older[1]}
    form = WordsForm(request.POST if bound else None, initial=initial, language=language, row=row)
    if bound and form.is_valid() and _written(request, page, code, place, form):
        messages.success(request, "The words are kept. They wait for a check.")
        return back(page, language, place)
    context = {"page": page, "language": language, "row": row, "form": form}
    return render(request, "consultation/translating/words.html", context, status=422 if bound else 200)


def _written(request, page, code, place, form):
    try:
        actions.write(page=page, language=code, place=place, text=form.cleaned_data["text"], by=request.user)
    except actions.WrongWords as wrong:
        for sentence in wrong.sentences:
            form.add_error("text", sentence)
        return False
    except actions.NotAllowed as refused:
        form.add_error("text", str(refused))
        return False
    return True


@officers
@require_POST
def keep(request, pk, code, place):
    page, language = page_at(pk), language_at(code)
    try:
        actions.keep_older(page=page, language=code, place=place, by=request.user)
    except actions.NotAllowed as refused:
        return in_language(request, page, language, error=str(refused), status=422)
    messages.success(request, "The words are kept for the new source. They wait for a check.")
    return back(page, language, place)
