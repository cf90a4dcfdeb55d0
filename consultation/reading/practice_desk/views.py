"""The practice desk. Decisions, as buttons and offsets, are in the session of the browser until the next try."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.reading import actions, desk_state, redaction_marks, redaction_spans
from consultation.reading.desk_context import build_desk_context
from consultation.reading.models import ReadingDecision
from consultation.reading.policies import CLEARS
from consultation.reading.practice_desk.practice_answers import PracticeText, load_practice_texts
from consultation.reading.reading_clock import order_due
from consultation.reading.views import build_answer_context, explain_unseen, join_reason_and_note, reading_desk_view
from consultation.responses.asked_question import QuestionAsAsked
from consultation.responses.models import AnswerState
from consultation.safeguarding.clocks import write_slot

TRIED = "practice_desk"  # {number: [button, hidden spans]} in the session
SAYS = {
    "clear": "Clear it",
    "never_quote": "Clear it as an identifying story",
    "do_not_quote": "Clear it, not to be quoted",
    "hold": "Hold it for a colleague",
    "triage": "Send it to triage",
    "not_used": "Read, not used",
}


@reading_desk_view(method="GET")
def start_practice(request):
    request.session[TRIED] = {}
    return redirect("reading:practice-answer", 1)


@reading_desk_view()
def show_practice_answer(request, number):
    question, texts = load_practice_texts()
    if not 1 <= number <= len(texts):
        raise Http404
    one = texts[number - 1]
    known = redaction_marks.marks_from_spans(one.screen().spans)
    if request.method == "POST":
        return _apply_button(request, one, known)
    return _render(request, one, desk_state.DeskState(known))


def _apply_button(request, one: PracticeText, known: list[redaction_marks.RedactionMark]) -> HttpResponse:
    verb, _, value = request.POST.get("do", "").partition(":")
    state = desk_state.DeskState(known, request.POST.get("note", ""), request.POST.get("uncovered") == "1")
    try:
        state.marks = redaction_marks.parse_marks(request.POST.getlist("span"), one.words, known)
        state.marks = desk_state.apply_marking_action(request.POST, one.words, state.marks, known, verb, value)
        if verb in desk_state.DECISIONS:
            _check_decision(request, one, state, verb)
    except (NotAllowed, redaction_spans.InvalidSpan, desk_state.WordsNotFound) as error:
        return _render(request, one, state, error=str(error))
    if verb == "keep":
        return HttpResponse(status=204)
    if verb in desk_state.DECISIONS:
        tried = request.session.get(TRIED, {})
        request.session[TRIED] = tried | {str(one.number): [verb, redaction_marks.hidden_spans(state.marks)]}
        messages.success(request, "Practice: nothing was stored or sent.")
    elif verb not in ("next", "back"):
        return _render(request, one, state)
    return _redirect_to(max(1, one.number - 1) if verb == "back" else one.number + 1)


def _redirect_to(number: int) -> HttpResponse:
    _, texts = load_practice_texts()
    return redirect("reading:practice-answer", number) if number <= len(texts) else redirect("reading:practice-result")


def _check_decision(request, one: PracticeText, state: desk_state.DeskState, verb: str) -> None:
    """Refuse as the desk would: covered words, and a flag without a reason."""
    decision, shown = desk_state.DECISIONS[verb][0], one.screen()
    if unseen := explain_unseen(decision, state, shown):
        raise NotAllowed(unseen)
    if decision != ReadingDecision.TRIAGE:
        hidden = redaction_spans.normalise_spans(redaction_marks.hidden_spans(state.marks), one.words)
        harm, note = request.POST.get("harm") == "1", join_reason_and_note(request, state.note)
        actions.check_may_stay_from_leads(decision, shown, hidden, harm=harm, note=note)


def _render(request, one: PracticeText, state: desk_state.DeskState, *, error: str = "") -> HttpResponse:
    question, texts = load_practice_texts()
    shown = one.screen()
    shown.clock = write_slot(order_due(shown.reading_order, timezone.now()))
    answer = SimpleNamespace(
        pk=None, soon=False, state=AnswerState.UNREAD,
        response=SimpleNamespace(day=timezone.localdate(), channel="web"),
    )  # fmt: skip
    context = build_answer_context(request, answer, one.words, state, shown, error=error) | {
        "asked": QuestionAsAsked("Practice", 1, question, "", "en", "English", "ltr"),
        "practice": f"{one.number} of {len(texts)}",
        "last": None,
        "last_together": None,
        "colleague_waits": False,
    }
    return render(request, "consultation/reading/answer.html", context, status=422 if error else 200)


@reading_desk_view(method="GET")
def show_practice_result(request):
    """What the reader did, what a lead would have done, and why."""
    tried, (question, texts) = request.session.get(TRIED, {}), load_practice_texts()
    rows = [_compare_with_key(one, *tried.get(str(one.number), ("", []))) for one in texts]
    context = build_desk_context(request, rows=rows, question=question)
    return render(request, "consultation/reading/practice_desk/result.html", context)


def _compare_with_key(one: PracticeText, verb: str, hidden: list[dict]) -> dict:
    clears = verb in desk_state.DECISIONS and desk_state.DECISIONS[verb][0] in CLEARS
    left_in = one.list_left_in(hidden) if clears else []
    return {
        "one": one,
        "did": SAYS.get(verb, "Left it"),
        "lead": SAYS[one.lead[0]],
        "is_alike": verb in one.lead and not left_in,
        "left_in": left_in,
    }
