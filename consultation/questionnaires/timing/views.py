"""Officers move published dates, and see which openings wait for a publication condition."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Revision

from consultation.questionnaires import approval, gates
from consultation.questionnaires.landing import OPEN, state_of
from consultation.questionnaires.listing import live_languages
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.timing import actions, policies
from consultation.questionnaires.timing.forms import AnswerDayForm, LastDayForm
from consultation.questionnaires.timing.late_answers import late_answers
from consultation.questionnaires.timing.models import ChangeKind


def officers(view):
    return never_cache(
        login_required(permission_required("consultation.edit_consultation", raise_exception=True)(view))
    )


def _running():
    """Consultations that are open, will open, or are scheduled to go live."""
    today = timezone.localdate()
    pages = ConsultationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).exclude(closes__lt=today)
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return pages.filter(Q(live=True) | Q(pk__in=[int(pk) for pk in waiting]))


@officers
@require_safe
def dates(request):
    pages = _running().order_by(F("closes").asc(nulls_last=True), "title")
    context = {"rows": [_row(page) for page in pages], "late": list(late_answers())}
    return render(request, "consultation/questionnaires/dates.html", context)


def _row(page):
    revision = page.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    is_open = page.live and state_of(page) == OPEN
    held_by = gates.why_not if is_open else approval.held_by  # the texts of an open consultation were validated
    return {
        "page": page, "is_open": is_open,
        "goes_live": revision.approved_go_live_at if revision else None,
        "waits": held_by(revision.as_object() if revision and not page.live else page),
    }  # fmt: skip


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, pk):
    page = get_object_or_404(_running(), pk=pk)
    languages = [language for language, _ in live_languages(page)]
    data = request.POST if request.method == "POST" else None
    of_answer = data is not None and "answer-to" in data
    form = LastDayForm(None if of_answer else data, page=page, languages=languages)
    answer = AnswerDayForm(data if of_answer else None, page=page, languages=languages, prefix="answer")
    error, reasons = "", []
    if data is not None:
        error, reasons = _moved_answer(request, page, answer) if of_answer else _moved(request, page, form)
        if not error:
            return redirect("dates:consultation", page.pk)
    context = {
        "page": page, "row": _row(page), "form": form, "answer": answer, "error": error, "reasons": reasons,
        "promised": policies.promised(page.closes, page.feedback_date),
        "changes": page.date_changes.select_related("made_by").order_by("-pk"), "put_off": ChangeKind.PUT_OFF,
    }  # fmt: skip
    return render(request, "consultation/questionnaires/last_day.html", context, status=422 if error else 200)


def _moved_answer(request, page, form):
    if not form.is_valid():
        return "Something has to change first. See below.", []
    try:
        change = actions.move_answer(page=page, by=request.user, to=form.cleaned_data["to"], why=form.words())
    except actions.NotAllowed as refused:
        return str(refused), []
    messages.success(request, f"We answer by {change.now:%A %-d %B %Y} now. The page says why.")
    return "", []


def _moved(request, page, form):
    """(error, sentences of failed publication conditions); both empty on success."""
    if not form.is_valid():
        return "Something has to change first. See below.", []
    try:
        change = actions.move_last_day(page=page, by=request.user, to=form.cleaned_data["to"], why=form.words())
    except actions.Gated as refused:
        return str(refused), refused.reasons
    except actions.NotAllowed as refused:
        return str(refused), []
    messages.success(request, f"The last day is now {change.now:%A %-d %B %Y}. The page says why.")
    return "", []
