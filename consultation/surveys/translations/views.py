"""Translation pages for officers: each page in each language, source and translation side by side."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page

from consultation.access import NotAllowed, staff_view
from consultation.interface_text import LANGUAGES
from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations import actions, policies
from consultation.surveys.translations.forms import (
    ApprovalWithdrawalForm,
    SendToCheckerForm,
    StringFilterForm,
    TranslatedStringForm,
    TranslatorFileForm,
    VerdictsForm,
)
from consultation.surveys.translations.models import LanguageCheck, TranslatorsFile
from consultation.surveys.translations.own_files import digest_own_files, list_own_files
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.source_strings import (
    current_source_page,
    list_source_strings,
    list_upcoming_strings,
)
from consultation.surveys.translations.translation_rows import group_by_question, load_page_translation

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def get_source_page(pk):
    return get_object_or_404(Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1), pk=pk)


def get_language_or_404(code):
    found = next((each for each in LANGUAGES if each.code == code and code != settings.LANGUAGE_CODE), None)
    if found is None:
        raise Http404
    return found


@staff_view(policies.TRANSLATES, method="GET")
def show_translations(request):
    return render(request, "consultation/surveys/translations/list.html", list_translatable_pages(request.user))


@staff_view(policies.TRANSLATES, method="GET")
def show_page_languages(request, pk):
    page = get_source_page(pk)
    found = list_source_strings(current_source_page(page))
    ahead = list_upcoming_strings(page, found)
    rows = [
        {"language": each, "words": load_page_translation(page, each.code, found, ahead)}
        for each in LANGUAGES
        if each.code != settings.LANGUAGE_CODE
    ]
    context = {"page": page, "rows": rows, "ahead": len(ahead)}
    return render(request, "consultation/surveys/translations/page.html", context)


@staff_view(policies.TRANSLATES, method="GET")
def show_language(request, pk, code):
    return render_language(request, get_source_page(pk), get_language_or_404(code))


def render_language(request, page, language, *, error="", send=None, reason=None, file=None, posted=None, status=200):
    """Render the page of one language; `posted`: a checker's input that could not be saved."""
    words, posted = load_page_translation(page, language.code), posted or {}
    listing = StringFilterForm(request.GET)
    rows, ahead = listing.rows(words.rows), listing.rows(words.ahead)
    checker = words.check.checker_id if words.check else None
    own_files = list_own_files(page, language.code)
    groups, coming = (
        [
            (where, [_build_row_context(row, request.user, checker, posted) for row in ones])
            for where, ones in group_by_question(some)
        ]
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
        "own_files": own_files,
        "files_seen": digest_own_files(own_files),
        "may_withdraw": policies.may_check(request.user),
        "editor": reverse("wagtailadmin_pages:edit", args=[words.target.pk]) if words.target and words.begun else "",
        "error": error,
        "send": send or SendToCheckerForm(words=words, by=request.user),
        "reason": reason or ApprovalWithdrawalForm(),
        "file": file or TranslatorFileForm(),
        "files": TranslatorsFile.objects.filter(page=page.pk, language=language.code).select_related("by")[:10],
    }
    return render(request, "consultation/surveys/translations/language.html", context, status=status)


def _build_row_context(row, user, checker, posted):
    """The template context of a row. A string sent back keeps that verdict until its checker changes it."""
    judged = policies.may_judge(user, written_by=row.by, checker=checker)
    return {
        "row": row,
        "judged": judged and row.state in policies.OPEN,
        "own": user.pk == checker == row.by and row.state in policies.OPEN,
        "verdict": posted.get(f"v-{row.place}", "back" if row.state == StringState.BACK else ""),
        "note": posted.get(f"n-{row.place}", row.note),
    }


def redirect_to_language(page, language, at=""):
    return redirect(reverse("translations:language", args=[page.pk, language.code]) + (f"#{at}" if at else ""))


@staff_view(policies.TRANSLATES, method="POST")
def begin_language(request, pk, code):
    page, language = get_source_page(pk), get_language_or_404(code)
    taken = actions.begin_translation(page=page, language=code, by=request.user)
    if taken:
        messages.success(request, f"{taken} texts were taken in from the page in {language.name}.")
    else:
        messages.success(request, f"{language.name} is begun. Nobody sees it before it was checked.")
    return redirect_to_language(page, language)


@staff_view(policies.TRANSLATES, method="POST")
def send_for_check(request, pk, code):
    page, language = get_source_page(pk), get_language_or_404(code)
    form = SendToCheckerForm.of(request, words=load_page_translation(page, code), by=request.user)
    if not form.is_valid():
        return render_language(request, page, language, send=form, error="It was not sent. See below.", status=422)
    try:
        check = actions.send_to_checker(page=page, language=code, by=request.user, **form.cleaned_data)
    except NotAllowed as refused:
        return render_language(request, page, language, send=form, error=str(refused), status=422)
    messages.success(request, f"{check.checker.get_full_name() or check.checker} is asked to check it.")
    return redirect_to_language(page, language)


@staff_view(policies.TRANSLATES, method="POST")
def save_verdicts(request, pk, code):
    page, language = get_source_page(pk), get_language_or_404(code)
    form = VerdictsForm.of(request)
    live, files = form.typed("do") == "live", form.typed("own_files")
    try:
        with transaction.atomic():
            kept = actions.judge_strings(page=page, language=code, said=form.collect_verdicts(), by=request.user)
            read = actions.publish_language(page=page, language=code, by=request.user, files=files) if live else None
    except NotAllowed as refused:
        return render_language(request, page, language, error=str(refused), posted=form.data, status=422)
    messages.success(request, f"{kept} texts are judged.")
    if read is not None:
        messages.success(request, f"{language.name} is live: {read} texts.")
    return redirect_to_language(page, language)


@staff_view(policies.TRANSLATES, method="POST")
def publish_language_now(request, pk, code):
    page, language = get_source_page(pk), get_language_or_404(code)
    files = VerdictsForm.of(request).typed("own_files")
    try:
        read = actions.publish_language(page=page, language=code, by=request.user, files=files)
    except NotAllowed as refused:
        return render_language(request, page, language, error=str(refused), status=422)
    messages.success(request, f"{language.name} is live: {read} texts.")
    return redirect_to_language(page, language)


@staff_view(policies.TRANSLATES, method="POST")
def withdraw_language_approval(request, pk, code):
    page, language, form = get_source_page(pk), get_language_or_404(code), ApprovalWithdrawalForm.of(request)
    if not form.is_valid():
        return render_language(request, page, language, reason=form, error=actions.NO_REASON, status=422)
    said = {"reason": form.cleaned_data["reason"], "digest": request.POST.get("digest", ""), "by": request.user}
    try:
        taken = actions.withdraw_approval(page=page, language=code, **said)
    except NotAllowed as refused:
        return render_language(request, page, language, reason=form, error=str(refused), status=422)
    messages.success(request, f"{taken} approvals were taken back.")
    return redirect_to_language(page, language)


@staff_view(policies.TRANSLATES)
def edit_string(request, pk, code, place):
    """Edit one string, starting from its text or from the translation of its former source."""
    page, language = get_source_page(pk), get_language_or_404(code)
    row, posted = load_page_translation(page, code).at(place), request.POST.get("text", "")
    if row is None and posted:
        error = actions.GONE.format(text=posted)
        return render_language(request, page, language, error=error, status=422)
    if row is None:
        raise Http404
    initial = {"text": row.text or row.older[1]}
    form = TranslatedStringForm.of(request, initial=initial, language=language, row=row)
    if form.is_valid():
        try:
            actions.save_string(page=page, language=code, place=place, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, "The words are kept. They wait for a check.")
            return redirect_to_language(page, language, place)
        except NotAllowed as refused:
            form.add_error("text", getattr(refused, "sentences", str(refused)))
    context = {"page": page, "language": language, "row": row, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/surveys/translations/words.html", context, status=status)


@staff_view(policies.TRANSLATES, method="POST")
def keep_older_string(request, pk, code, place):
    page, language = get_source_page(pk), get_language_or_404(code)
    try:
        actions.keep_older_words(page=page, language=code, place=place, by=request.user)
    except NotAllowed as refused:
        return render_language(request, page, language, error=str(refused), status=422)
    messages.success(request, "The words are kept for the new source. They wait for a check.")
    return redirect_to_language(page, language, place)


def list_translatable_pages(user):
    """{"mine": checks for this user, "consultations": last changed first, "site": other pages in tree order}."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1, alias_of=None)
    consultations = set(ConsultationPage.objects.values_list("pk", flat=True))
    waiting = list(LanguageCheck.objects.filter(waits=True).select_related("page", "checker"))
    found = _build_rows(pages.order_by("path"), {(check.page_id, check.language) for check in waiting})

    def last_changed(row):
        page = row["page"]
        return page.latest_revision_created_at or page.first_published_at or LONG_AGO, page.pk

    latest = sorted(found, key=last_changed, reverse=True)
    languages = {each.code: each for each in LANGUAGES}
    mine = [check for check in waiting if check.checker_id == user.pk]
    return {
        "mine": [{"check": check, "language": languages.get(check.language)} for check in mine],
        "consultations": [row for row in latest if row["page"].pk in consultations],
        "site": [row for row in found if row["page"].pk not in consultations],
    }


def _build_rows(pages, waiting):
    """Uses a constant number of queries."""
    live = set(
        Page.objects.live()
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .values_list("translation_key", "locale__language_code")
    )
    return [
        {
            "page": page,
            # The page type, because two site pages may have the same title.
            "kind": ""
            if page.specific_class is ConsultationPage
            else capfirst(page.specific_class._meta.verbose_name),
            "live": [each for each in LANGUAGES if (page.translation_key, each.code) in live],
            "waiting": [each for each in LANGUAGES if (page.pk, each.code) in waiting],
        }
        for page in pages
    ]
