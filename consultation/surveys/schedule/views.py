"""Officers move published dates, and see which openings wait for a publication condition."""

from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.models import Revision

from consultation.access import NotAllowed, staff_view
from consultation.surveys import publication_conditions
from consultation.surveys.consultation_state import find_state
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule import actions, policies
from consultation.surveys.schedule.forms import AnswerDayForm, LastDayForm
from consultation.surveys.schedule.late_answers import list_late_imports
from consultation.surveys.validation.findings import list_publication_blockers


def _list_running():
    """Consultations that are open, will open, or are scheduled to go live."""
    today = timezone.localdate()
    pages = ConsultationPage.objects.sources().exclude(closes__lt=today)
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    return pages.filter(Q(live=True) | Q(pk__in=[int(pk) for pk in waiting]))


@staff_view("consultation.edit_consultation", method="GET")
def show_dates(request):
    pages = _list_running().order_by(F("closes").asc(nulls_last=True), "title")
    context = {"rows": [_build_row(page) for page in pages], "late": list(list_late_imports())}
    return render(request, "consultation/surveys/schedule/dates.html", context)


def _build_row(page):
    revision = page.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    state = find_state(page)
    # The texts of an open consultation were validated.
    held_by = publication_conditions.explain_blocked if state.is_open else list_publication_blockers
    return {
        "page": page, "state": state,
        "waits": held_by(revision.as_object() if revision and not page.live else page),
    }  # fmt: skip


@staff_view("consultation.edit_consultation")
def edit_dates(request, pk):
    page = get_object_or_404(_list_running(), pk=pk)
    languages = [language for language, _ in list_live_languages(page)]
    data = request.POST if request.method == "POST" else None
    of_answer = data is not None and "answer-to" in data
    form = LastDayForm(None if of_answer else data, page=page, languages=languages)
    answer = AnswerDayForm(data if of_answer else None, page=page, languages=languages, prefix="answer")
    error, reasons = "", []
    if data is not None:
        error, reasons = _save_day(request, page, answer if of_answer else form)
        if not error:
            return redirect("dates:consultation", page.pk)
    context = {
        "page": page, "row": _build_row(page), "form": form, "answer": answer, "error": error, "reasons": reasons,
        "promised": policies.promised_answer_day(page.closes, page.feedback_date),
        "changes": page.date_changes.select_related("made_by").order_by("-pk"),
    }  # fmt: skip
    return render(request, "consultation/surveys/schedule/last_day.html", context, status=422 if error else 200)


def _save_day(request, page, form):
    """(error, sentences of failed publication conditions); both empty on success."""
    if not form.is_valid():
        return "Something has to change first. See below.", []
    said, move = "The last day is now {day}. The page says why.", actions.move_last_day
    if isinstance(form, AnswerDayForm):
        said, move = "We answer by {day} now. The page says why.", actions.move_answer_day
    try:
        change = move(page=page, by=request.user, to=form.cleaned_data["to"], why=form.words())
    except NotAllowed as refused:
        return str(refused), getattr(refused, "reasons", [])
    messages.success(request, said.format(day=f"{change.now:%A %-d %B %Y}"))
    return "", []
