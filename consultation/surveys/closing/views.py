"""“Stop a survey”: one page for officers and leads to close free text or a survey at once."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultation.access import NotAllowed
from consultation.surveys.closing import actions
from consultation.surveys.models import ConsultationPage, PublishedVersion


def _list_live_surveys():
    published = PublishedVersion.objects.values("page_id")
    pages = ConsultationPage.objects.filter(pk__in=published, live=True, locale__language_code=settings.LANGUAGE_CODE)
    return pages.defer("body").order_by(F("closes").desc(nulls_first=True), "title")


@never_cache
@login_required
@permission_required("consultation.close_survey", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def show_survey_closing(request):
    """Lists open surveys, and closed ones that can be reopened."""
    error, at = "", None
    if request.method == "POST":
        page = get_object_or_404(_list_live_surveys(), pk=_parse_number(request.POST.get("page", "")))
        try:
            messages.success(
                request, _apply_choice(page, request.user, request.POST.get("do"), request.POST.get("reason", ""))
            )
            return redirect("close-survey")
        except NotAllowed as refused:
            error, at = str(refused), page.pk
    rows = [_build_row(page) for page in _list_live_surveys()]
    shown = [row for row in rows if row["is_open"] or row["stopped"] or row["page"].free_text_closed]
    context = {"rows": shown, "error": error, "at": at, "typed": request.POST.get("reason", "")}
    return render(request, "consultation/surveys/closing/close_now.html", context, status=422 if error else 200)


def _parse_number(text):
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _build_row(page):
    return {"page": page, "is_open": page.is_open(), "stopped": actions.find_immediate_closure(page) is not None}


def _apply_choice(page, by, verb, reason):
    if verb in ("words", "words-again"):
        closed = verb == "words"
        actions.set_free_text_closed(page=page, by=by, closed=closed, reason=reason)
        return f"{page.title}: no words can be written any more." if closed else f"{page.title} asks for words again."
    if verb == "survey":
        actions.close_survey(page=page, by=by, reason=reason)
        return f"{page.title} is closed. What people had begun can still be sent, and is read."
    if verb == "survey-again":
        actions.reopen_survey(page=page, by=by, reason=reason)
        return f"{page.title} is open again."
    raise NotAllowed("Choose what to do.")
