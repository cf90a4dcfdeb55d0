"""Pages around the desk: waiting, awaiting a colleague, decided, guide, keys, break. None shows an answer's words."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.reading import actions, batch_decisions, reading_queue
from consultation.reading.desk_context import KEYS_OFF, UNDOABLE_STATES, build_desk_context
from consultation.reading.forms import ReadingKeysForm
from consultation.reading.models import Reading
from consultation.reading.staffing.actions import set_reader_languages
from consultation.reading.staffing.forms import ReaderLanguagesForm
from consultation.reading.staffing.reader_languages import language_to_read, languages_read_by, name_language
from consultation.reading.views import reading_desk_view, redirect_to_answer
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer, AnswerState
from consultation.surveys.youth_panel.models import PanelWords

MOST = 200


@reading_desk_view(method="POST")
def undo_answer_decision(request, pk):
    chosen = get_object_or_404(Answer.objects.filter(reading_queue.visible_to(request.user)), pk=pk)
    take_back = actions.take_back_from_leads if chosen.state == AnswerState.TRIAGE else actions.undo_decision
    try:
        take_back(answer=chosen, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:done")
    messages.success(request, "Taken back. Here is the answer again.")
    return redirect_to_answer(chosen, None)


@reading_desk_view(method="POST")
def toggle_single_keys(request):
    """Turn single keys on or off (WCAG 2.1.4)."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    form = ReadingKeysForm.of(request)
    return redirect((form.is_valid() and form.cleaned_data["back"]) or "reading:desk")


@reading_desk_view()
def edit_own_languages(request):
    """The languages that this reader reads: who does not read an answer cannot clear it."""
    form = ReaderLanguagesForm.of(request, initial={"languages": languages_read_by(request.user)})
    if form.is_bound and form.is_valid():
        set_reader_languages(reader=request.user, languages=form.cleaned_data["languages"], by=request.user)
        messages.success(request, "Kept. You are asked about answers in these languages.")
        return redirect("reading:desk")
    context = build_desk_context(request, form=form)
    return render(request, "consultation/reading/languages.html", context, status=422 if form.errors else 200)


@reading_desk_view(method="GET")
def show_guide(request):
    """The readers' guide with every key, for printing."""
    return render(request, "consultation/reading/guide.html", build_desk_context(request))


@reading_desk_view(method="GET")
def show_waiting_counts(request):
    """Unread answers by consultation, and whether words of a youth panel wait. Other pages show no count, so that nobody is
    hurried."""
    context = build_desk_context(
        request,
        counts=reading_queue.count_waiting_by_consultation(request.user),
        panel_waits=PanelWords.objects.awaiting_reader().exists(),
    )
    return render(request, "consultation/reading/waiting.html", context)


@reading_desk_view(method="POST")
def take_break(request):
    """Take a break: end the reader's leases, so that colleagues can go on, and show a page without words."""
    reading_queue.end_all_leases(request.user)
    return redirect("reading:pause")


@reading_desk_view(method="GET")
def show_break(request):
    return render(request, "consultation/reading/pause.html", build_desk_context(request))


def _list_readings(readings):
    return [{"reading": reading, "asked": build_asked_question(reading.answer)} for reading in readings]


def _find_due(reading):
    """The due slot of an answer; the end of time without one."""
    screening = getattr(reading.answer, "screening", None)
    return (screening and screening.due) or datetime.max.replace(tzinfo=UTC)


@reading_desk_view(method="GET")
def show_awaiting_colleague(request):
    there = Answer.objects.filter(reading_queue.visible_to(request.user), state=AnswerState.AWAITING_COLLEAGUE)
    rows = Reading.objects.filter(answer__in=there).select_related(
        "answer__response__version", "answer__screening", "colleague_asked_by", "reader"
    )
    listed = _list_readings(sorted(rows.order_by("decided_at"), key=_find_due)[:MOST])
    for row in listed:
        language = language_to_read(getattr(row["reading"].answer, "screening", None), row["reading"])
        row["language"] = language and name_language(language)
    context = build_desk_context(request, rows=listed)
    return render(request, "consultation/reading/awaiting_colleague.html", context)


@reading_desk_view(method="GET")
def show_decided(request):
    """This reader's decisions of the last 24 hours and what no lead has claimed yet, and which can be undone."""
    now = timezone.now()
    undo_until = now - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    sent = reading_queue.can_be_taken_back(undo_until)
    mine = reading_queue.readings_decided_by(request.user).filter(Q(decided_at__gt=now - timedelta(days=1)) | sent)
    rows = mine.filter(together__isnull=True).select_related("answer__response__version")
    listed = _list_readings(rows.order_by("-decided_at")[:MOST])
    unclaimed = set(mine.filter(sent).values_list("pk", flat=True))
    for row in listed:
        in_time = row["reading"].decided_at > undo_until
        row["undo"] = in_time and row["reading"].answer.state in UNDOABLE_STATES
        row["take_back"] = row["reading"].pk in unclaimed
    together_rows = list(batch_decisions.list_undoable_batches(request.user, now))
    return render(
        request, "consultation/reading/done.html", build_desk_context(request, rows=listed, together=together_rows)
    )
