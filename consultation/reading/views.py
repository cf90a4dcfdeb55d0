"""The reading desk, one answer at a time. It works without JavaScript; voice/reading.js adds keys and selection."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import NotAllowed, staff_view
from consultation.reading import (
    actions,
    batch_decisions,
    desk_state,
    reading_queue,
    redaction_marks,
    redaction_spans,
    short_answers,
)
from consultation.reading.answer_language import describe_language
from consultation.reading.desk_context import build_desk_context
from consultation.reading.models import Reading, ReadingDecision, Screening
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.clocks import READER_CHOICES
from consultation.safeguarding.forms import OptionalStaffConcernForm
from consultation.safeguarding.models import CaseCategory
from consultation.surveys.youth_panel.models import PanelWords

GRAVE = ("T1",)
DONE = {
    ReadingDecision.CLEAR: "Cleared. It is released in ten minutes.",
    ReadingDecision.NEVER_QUOTE: "Cleared, never to be quoted. It is released in ten minutes.",
    ReadingDecision.ASK_COLLEAGUE: "Held. A colleague reads it.",
    ReadingDecision.TRIAGE: "Sent to the safeguarding lead. You can take it back until a lead claims it.",
    ReadingDecision.NOT_USED: "Read, and not used.",
}
WHICH_AGENCY = "Say of which agency the member of staff is, or that it is not about staff."
# Usual reasons why a flagged answer does not go to the leads; any other is written in the note.
REASONS = (
    "A figure of speech, a joke or a wish.",
    "About others in general.",
    "Services know of it and help already.",
    "The screen misread it.",
)
UNSEEN = "Look at the words before you decide, or send the answer to triage."


def _return_to_answer(request):
    """The address after sign-in. After a POST the answer is shown again, with a notice that nothing was saved."""
    if request.method != "POST":
        return request.get_full_path()
    at = request.path if request.resolver_match.url_name == "answer" else reverse("reading:desk")
    return f"{at}?was=out"


def _show_locked_page(request: HttpRequest) -> HttpResponse:
    return render(request, "consultation/reading/locked.html", build_desk_context(request), status=503)


# Readers only: leads read raw text on the page of a case instead.
reading_desk_view = partial(
    staff_view,
    "consultation.read_raw",
    "consultation.flag_to_triage",
    return_to=_return_to_answer,
    error_pages={VaultLocked: _show_locked_page},
)


def chosen_consultation(request: HttpRequest) -> int | None:
    chosen = request.GET.get("c", "")
    return int(chosen) if chosen.isdecimal() else None


def redirect_to_answer(answer: Answer, consultation: int | None) -> HttpResponse:
    query = f"?c={consultation}" if consultation else ""
    return redirect(reverse("reading:answer", args=[answer.pk]) + query + "#answer")


def redirect_to_desk(consultation: int | None) -> HttpResponse:
    return redirect(reverse("reading:desk") + (f"?c={consultation}" if consultation else ""))


def redirect_to_next(request: HttpRequest) -> HttpResponse:
    consultation = chosen_consultation(request)
    answer = actions.lease_next_unread(request.user, consultation)
    return redirect_to_answer(answer, consultation) if answer else redirect_to_desk(consultation)


@reading_desk_view(method="GET")
def show_desk(request):
    """Redirect to the next answer, or show the empty desk."""
    consultation = chosen_consultation(request)
    answer = actions.lease_next_unread(request.user, consultation)
    if answer is not None:
        return redirect_to_answer(answer, consultation)
    context = build_desk_context(
        request,
        consultation=consultation,
        counts=reading_queue.count_waiting_by_consultation(request.user),
        is_held=reading_queue.is_any_held(request.user),
        panel_waits=PanelWords.objects.awaiting_reader().exists(),
    )
    return render(request, "consultation/reading/empty.html", context)


@reading_desk_view(method="GET")
def show_next_awaiting_colleague(request):
    """Redirect to the next answer that awaits a colleague."""
    answer = actions.lease_next_awaiting_colleague(request.user)
    if answer is not None:
        return redirect_to_answer(answer, None)
    messages.info(request, "No colleague waits for you.")
    return redirect("reading:awaiting-colleague")


@reading_desk_view()
def show_answer(request, pk):
    there = Answer.objects.filter(reading_queue.visible_to(request.user))
    chosen = get_object_or_404(there.select_related("response__version"), pk=pk)
    try:
        text = actions.open_answer_text(answer=chosen, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect_to_desk(chosen_consultation(request))
    known = desk_state.initial_marks(chosen)
    if request.method == "POST":
        return _apply_button(request, chosen, text, known)
    return _render_answer(request, chosen, text, desk_state.load_desk_state(chosen, request.user, text, known))


def _is_grave(screening: Screening) -> bool:
    return screening.flagged and screening.priority in GRAVE


def build_answer_context(
    request, answer, text: str, state: desk_state.DeskState, screening: Screening, *, error: str = "", staff=None
) -> dict:
    """What the desk shows of any text, a practice one too."""
    marks, grave = state.marks, _is_grave(screening)
    found = redaction_marks.group_marks(marks, text)
    return build_desk_context(
        request,
        answer=answer,
        screening=screening,
        marks=marks,
        groups=found,
        error=error,
        raw=redaction_marks.build_marked_runs(marks, text, found),
        seen=redaction_marks.build_redacted_preview(marks, text),
        types=redaction_spans.TYPES,
        flags=redaction_marks.list_screening_flags(screening.list_reasons(), text),
        grave=grave,
        uncovered=not grave or state.uncovered,
        note=state.note,
        priorities=READER_CHOICES,
        priority=request.POST.get("priority") or screening.priority or "T2",
        reasons=REASONS if screening.flagged else (),
        reason=request.POST.get("reason", ""),
        harm=request.POST.get("harm") == "1",
        non_recent=_says_non_recent(request, screening),
        was_out=request.GET.get("was") == "out",
        staff=staff or OptionalStaffConcernForm(initial=request.POST.dict()),
    )


def _says_non_recent(request, screening: Screening) -> bool:
    """As the reader ticked it; before that, as the screen takes it."""
    if request.method == "POST":
        return request.POST.get("non_recent") == "1"
    return CaseCategory.NON_RECENT in actions.list_categories(screening)


def _render_answer(
    request, answer: Answer, text: str, state: desk_state.DeskState, *, error: str = "", status: int = 200, staff=None
):
    screening, consultation = Screening.objects.get(pk=answer.pk), chosen_consultation(request)
    context = build_answer_context(request, answer, text, state, screening, error=error, staff=staff) | {
        "asked": build_asked_question(answer),
        "awaits_colleague": answer.state == AnswerState.AWAITING_COLLEAGUE,
        "reading": Reading.objects.filter(pk=answer.pk).select_related("colleague_asked_by").first(),
        "aside": reading_queue.is_excluded_from_figures(answer),
        "like": batch_decisions.count_similar_answers(answer, request.user),
        "short": not screening.flagged and short_answers.has_enough_short_answers(request.user, consultation),
        "consultation": consultation,
        "foreign": describe_language(answer=answer, by=request.user, chosen=request.POST.get("language", "")),
    }
    return render(request, "consultation/reading/answer.html", context, status=status)


def _apply_button(request, answer: Answer, text: str, known: list[redaction_marks.RedactionMark]) -> HttpResponse:
    """Apply the pressed button: change marks, decide, or leave the answer for later."""
    verb, _, value = request.POST.get("do", "").partition(":")
    state = desk_state.DeskState(known, request.POST.get("note", ""), request.POST.get("uncovered") == "1")
    try:
        state.marks = redaction_marks.parse_marks(request.POST.getlist("span"), text, known)
        state.marks = desk_state.apply_marking_action(request.POST, text, state.marks, known, verb, value)
        state.keep(answer, request.user)
    except (redaction_spans.InvalidSpan, desk_state.WordsNotFound) as error:
        return _render_answer(request, answer, text, state, error=str(error), status=422)
    if verb == "keep":
        return HttpResponse(status=204)
    if verb in ("next", "back"):
        return _leave_answer(request, answer, verb)
    if verb in desk_state.DECISIONS:
        return _decide_from_form(request, answer, text, state, verb)
    return _render_answer(request, answer, text, state)


def explain_unseen(decision: str, state: desk_state.DeskState, screening: Screening) -> str:
    """Why covered words must be shown first; empty when they were, or the decision needs no eyes."""
    needs_eyes = decision not in (ReadingDecision.TRIAGE, ReadingDecision.ASK_COLLEAGUE)
    return UNSEEN if needs_eyes and not state.uncovered and _is_grave(screening) else ""


def _decide_from_form(request, answer: Answer, text: str, state: desk_state.DeskState, verb: str) -> HttpResponse:
    awaited_colleague = answer.state == AnswerState.AWAITING_COLLEAGUE
    decision, identifying = desk_state.DECISIONS[verb]
    if unseen := explain_unseen(decision, state, Screening.objects.get(pk=answer.pk)):
        return _render_answer(request, answer, text, state, error=unseen, status=422)
    staff = OptionalStaffConcernForm(request.POST)
    if decision == ReadingDecision.TRIAGE and not staff.is_valid():
        return _render_answer(request, answer, text, state, error=WHICH_AGENCY, status=422, staff=staff)
    try:
        actions.decide_answer(
            answer=answer,
            by=request.user,
            decision=decision,
            spans=redaction_marks.hidden_spans(state.marks),
            note=join_reason_and_note(request, state.note) if decision != ReadingDecision.TRIAGE else state.note,
            identifying_story=identifying,
            priority=request.POST.get("priority", "") if decision == ReadingDecision.TRIAGE else "",
            agency=staff.cleaned_data["agency"] if decision == ReadingDecision.TRIAGE else None,
            language=request.POST.get("language", ""),
            harm=request.POST.get("harm") == "1",
            non_recent=request.POST.get("non_recent") == "1",
        )
    except NotAllowed as refused:
        return _render_answer(request, answer, text, state, error=str(refused), status=422)
    messages.success(request, DONE[decision])
    return redirect("reading:colleagues") if awaited_colleague else redirect_to_next(request)


def join_reason_and_note(request, note: str) -> str:
    reason = request.POST.get("reason", "")
    return f"{reason} {note}".strip() if reason in REASONS else note


def _leave_answer(request, answer: Answer, direction: str) -> HttpResponse:
    """Leave this answer for later and show the next; "back" shows the one that was left last."""
    consultation = chosen_consultation(request)
    if direction == "back":
        earlier = actions.lease_last_left(request.user, consultation)
        if earlier is None:
            messages.info(request, "You have left no other answer.")
            return redirect_to_answer(answer, consultation)
        reading_queue.end_lease(answer, request.user)
        return redirect_to_answer(earlier, consultation)
    awaited_colleague = answer.state == AnswerState.AWAITING_COLLEAGUE
    actions.leave_for_later(answer=answer, by=request.user)
    following = (
        actions.lease_next_awaiting_colleague(request.user)
        if awaited_colleague
        else actions.lease_next_unread(request.user, consultation)
    )
    if following == answer:
        messages.info(request, "Nothing else waits. This one stays unread if you go away.")
    else:
        messages.info(request, "Left for later. What you marked is kept.")
    return redirect_to_answer(following, consultation) if following else redirect_to_desk(consultation)
