"""The reading desk, one answer at a time. It works without JavaScript; voice/reading.js adds keys and selection."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation.reading import actions, desk_state, page, queue, short, spans, together
from consultation.reading.frame import frame
from consultation.reading.models import Decision, Reading, Screening
from consultation.responses.asked import asked
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.forms import MaybeAboutStaff

GRAVE = ("T1",)
DONE = {
    Decision.CLEAR: "Cleared. It is released in ten minutes.",
    Decision.NEVER_QUOTE: "Cleared, never to be quoted. It is released in ten minutes.",
    Decision.HOLD: "Held. A colleague reads it.",
    Decision.TRIAGE: "Sent to the safeguarding lead.",
    Decision.NOT_USED: "Read, and not used.",
}
WHICH_AGENCY = "Say of which agency the member of staff is, or that it is not about staff."
UNSEEN = "Look at the words before you decide, or send the answer to triage."


def reads(view):
    """Guard: readers only. Leads read raw text on the page of a case instead.

    The browser caches nothing. A POST after the session ended leads back to the answer, with a notice that nothing was
    saved.
    """
    needed = ("consultation.read_raw", "consultation.flag_to_triage")
    guarded = login_required(permission_required(needed, raise_exception=True)(view))

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            at = request.path if request.resolver_match.url_name == "answer" else reverse("reading:desk")
            return redirect_to_login(f"{at}?was=out")
        return guarded(request, *args, **kwargs)

    return never_cache(checked)


def consultation_of(request: HttpRequest) -> int | None:
    chosen = request.GET.get("c", "")
    return int(chosen) if chosen.isdecimal() else None


def to_answer(answer: Answer, consultation: int | None) -> HttpResponse:
    query = f"?c={consultation}" if consultation else ""
    return redirect(reverse("reading:answer", args=[answer.pk]) + query + "#answer")


def to_desk(consultation: int | None) -> HttpResponse:
    return redirect(reverse("reading:desk") + (f"?c={consultation}" if consultation else ""))


def to_next(request: HttpRequest) -> HttpResponse:
    consultation = consultation_of(request)
    answer = actions.next_for(request.user, consultation)
    return to_answer(answer, consultation) if answer else to_desk(consultation)


@reads
@require_safe
def desk(request):
    """Redirect to the next answer, or show the empty desk."""
    consultation = consultation_of(request)
    answer = actions.next_for(request.user, consultation)
    if answer is not None:
        return to_answer(answer, consultation)
    context = frame(request, consultation=consultation, counts=queue.counts(request.user))
    return render(request, "consultation/reading/empty.html", context)


@reads
@require_safe
def colleagues(request):
    """Redirect to the next answer that awaits a colleague."""
    answer = actions.next_held_for(request.user)
    if answer is not None:
        return to_answer(answer, None)
    messages.info(request, "No colleague waits for you.")
    return redirect("reading:held")


@reads
def answer(request, pk):
    there = Answer.objects.filter(queue.shown_to(request.user))
    chosen = get_object_or_404(there.select_related("response__version"), pk=pk)
    try:
        text = actions.open_text(answer=chosen, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return to_desk(consultation_of(request))
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    known = desk_state.first_marks(chosen)
    if request.method == "POST":
        return _changed(request, chosen, text, known)
    return _shown(request, chosen, text, desk_state.kept(chosen, request.user, text, known))


def _is_grave(screening: Screening) -> bool:
    return screening.flagged and screening.priority in GRAVE


def _shown(
    request, answer: Answer, text: str, state: desk_state.State, *, error: str = "", status: int = 200, staff=None
):
    screening = Screening.objects.get(pk=answer.pk)
    held, marks = answer.state == AnswerState.HELD, state.marks
    found = page.groups(marks, text)
    grave = _is_grave(screening)
    context = frame(
        request, answer=answer, asked=asked(answer), screening=screening, marks=marks, groups=found, error=error,
        raw=page.raw_pieces(marks, text, found), seen=page.seen_pieces(marks, text), types=spans.TYPES,
        flags=page.flags(screening.reasons, text), held=held, grave=grave, uncovered=not grave or state.uncovered,
        reading=Reading.objects.filter(pk=answer.pk).select_related("held_by").first(),
        note=state.note, priority=request.POST.get("priority") or screening.priority or "T2",
        aside=queue.is_aside(answer), like=together.how_many_like(answer, request.user),
        short=not screening.flagged and short.wait_for(request.user, consultation_of(request)),
        was_out=request.GET.get("was") == "out", consultation=consultation_of(request),
        staff=staff or MaybeAboutStaff(initial=request.POST.dict()),
    )  # fmt: skip
    return render(request, "consultation/reading/answer.html", context, status=status)


def _changed(request, answer: Answer, text: str, known: list[page.Mark]) -> HttpResponse:
    """Apply the pressed button: change marks, decide, or leave the answer for later."""
    verb, _, value = request.POST.get("do", "").partition(":")
    state = desk_state.State(known, request.POST.get("note", ""), request.POST.get("uncovered") == "1")
    try:
        state.marks = page.read_marks(request.POST.getlist("span"), text, known)
        state.marks = desk_state.remarked(request.POST, text, state.marks, known, verb, value)
        state.keep(answer, request.user)
    except (spans.BadSpan, desk_state.NotThere) as error:
        return _shown(request, answer, text, state, error=str(error), status=422)
    if verb == "keep":
        return HttpResponse(status=204)
    if verb in ("next", "back"):
        return _left(request, answer, verb)
    if verb in desk_state.DECISIONS:
        return _decided(request, answer, text, state, verb)
    return _shown(request, answer, text, state)


def _decided(request, answer: Answer, text: str, state: desk_state.State, verb: str) -> HttpResponse:
    was_held = answer.state == AnswerState.HELD
    decision, identifying = desk_state.DECISIONS[verb]
    needs_eyes = decision not in (Decision.TRIAGE, Decision.HOLD)
    if needs_eyes and not state.uncovered and _is_grave(Screening.objects.get(pk=answer.pk)):
        return _shown(request, answer, text, state, error=UNSEEN, status=422)
    staff = MaybeAboutStaff(request.POST)
    if decision == Decision.TRIAGE and not staff.is_valid():
        return _shown(request, answer, text, state, error=WHICH_AGENCY, status=422, staff=staff)
    try:
        actions.decide(
            answer=answer,
            by=request.user,
            decision=decision,
            spans=page.hidden_spans(state.marks),
            note=state.note,
            identifying_story=identifying,
            priority=request.POST.get("priority", "") if decision == Decision.TRIAGE else "",
            agency=staff.cleaned_data["agency"] if decision == Decision.TRIAGE else "",
        )
    except actions.NotAllowed as refused:
        return _shown(request, answer, text, state, error=str(refused), status=422)
    messages.success(request, DONE[decision])
    return redirect("reading:colleagues") if was_held else to_next(request)


def _left(request, answer: Answer, direction: str) -> HttpResponse:
    """Leave this answer for later and show the next; "back" shows the one that was left last."""
    consultation = consultation_of(request)
    if direction == "back":
        earlier = actions.last_left(request.user, consultation)
        if earlier is None:
            messages.info(request, "You have left no other answer.")
            return to_answer(answer, consultation)
        queue.give_back(answer, request.user)
        return to_answer(earlier, consultation)
    was_held = answer.state == AnswerState.HELD
    actions.skip(answer=answer, by=request.user)
    following = actions.next_held_for(request.user) if was_held else actions.next_for(request.user, consultation)
    if following == answer:
        messages.info(request, "Nothing else waits. This one stays unread if you go away.")
    else:
        messages.info(request, "Left for later. What you marked is kept.")
    return to_answer(following, consultation) if following else to_desk(consultation)
