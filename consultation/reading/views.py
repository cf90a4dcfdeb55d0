"""The reading desk. Every page works without a script; voice/desk.js adds keys, selection and quick changes."""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultation.reading import actions, page, queue, spans, together
from consultation.reading.models import Decision, Reading, Screening
from consultation.responses.asked import asked
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import VaultLocked

KEYS_OFF = "desk_keys_off"
GRAVE = ("T1",)
DONE = {
    Decision.CLEAR: "Cleared. It is released in ten minutes.",
    Decision.NEVER_QUOTE: "Cleared, never to be quoted. It is released in ten minutes.",
    Decision.HOLD: "Held. A colleague reads it.",
    Decision.TRIAGE: "Sent to the safeguarding lead.",
    Decision.NOT_USED: "Read, and not used.",
}


def reads(view):
    """For those who may read raw words and flag them; leads may read too, for a reason, on the page of a case.

    Never kept by a browser.
    """
    needed = ("consultation.read_raw", "consultation.flag_to_triage")
    guarded = login_required(permission_required(needed, raise_exception=True)(view))

    @wraps(view)
    def checked(request, *args, **kwargs):
        return guarded(request, *args, **kwargs)

    return never_cache(checked)


def _consultation(request: HttpRequest) -> int | None:
    chosen = request.GET.get("c", "")
    return int(chosen) if chosen.isdecimal() else None


def _to_answer(answer: Answer, consultation: int | None) -> HttpResponse:
    query = f"?c={consultation}" if consultation else ""
    return redirect(reverse("reading:answer", args=[answer.pk]) + query + "#answer")


def _to_desk(consultation: int | None) -> HttpResponse:
    return redirect(reverse("reading:desk") + (f"?c={consultation}" if consultation else ""))


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the desk shows around its matter."""
    now, minutes = timezone.now(), settings.RELEASE_AFTER_MINUTES
    last = (
        Reading.objects.filter(
            reader_id=request.user.pk, decided_at__gt=now - timedelta(minutes=minutes), together__isnull=True
        )
        .filter(answer__state__in=[AnswerState.CLEARED, AnswerState.HELD, AnswerState.NOT_USED])
        .order_by("-decided_at")
        .first()
    )
    return {
        "counts": queue.counts(),
        "held_count": queue.held_for(request.user).count(),
        "last": last,
        "last_together": next(together.decided_together(request.user, now), None),
        "keys_off": request.session.get(KEYS_OFF, False),
        "now": now,
        **more,
    }


@reads
@require_safe
def desk(request):
    """The next answer, or the news that there is none."""
    consultation = _consultation(request)
    answer = actions.next_for(request.user, consultation)
    if answer is not None:
        return _to_answer(answer, consultation)
    return render(request, "consultation/reading/empty.html", frame(request, consultation=consultation))


@reads
@require_safe
def colleagues(request):
    """The next answer that a colleague asked about."""
    answer = actions.next_held_for(request.user)
    if answer is not None:
        return _to_answer(answer, None)
    messages.info(request, "No colleague waits for you.")
    return redirect("reading:held")


@reads
def answer(request, pk):
    chosen = get_object_or_404(Answer.objects.select_related("response__version"), pk=pk)
    try:
        text = actions.open_text(answer=chosen, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return _to_desk(_consultation(request))
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    if request.method == "POST":
        return _changed(request, chosen, text)
    return _shown(request, chosen, text, _first_marks(chosen))


def _first_marks(answer: Answer) -> list[page.Mark]:
    """What a colleague marked before they asked, else what is proposed: hidden until someone shows it."""
    reading = Reading.objects.filter(pk=answer.pk).first()
    if reading is not None and reading.spans:
        return page.marks_of(reading.spans)
    return page.marks_of(Screening.objects.get(pk=answer.pk).spans)


def _shown(request, answer: Answer, text: str, marks: list[page.Mark], *, error: str = "", status: int = 200):
    screening = Screening.objects.get(pk=answer.pk)
    held = answer.state == AnswerState.HELD
    waiting = queue.held_for(request.user) if held else queue.unread_for(request.user, _consultation(request))
    place, of, before, after = queue.position(waiting, answer)
    found = page.groups(marks, text)
    grave = screening.flagged and screening.priority in GRAVE
    context = frame(
        request, answer=answer, asked=asked(answer), screening=screening, marks=marks, groups=found, error=error,
        raw=page.raw_pieces(marks, text, found), seen=page.seen_pieces(marks, text), types=spans.TYPES,
        place=place, of=of, before=before, after=after, held=held, grave=grave,
        reading=Reading.objects.filter(pk=answer.pk).select_related("held_by").first(),
        note=request.POST.get("note", ""), priority=request.POST.get("priority") or screening.priority or "T2",
        like=together.how_many_like(answer, request.user),
        uncovered=not grave or request.POST.get("uncovered") == "1", consultation=_consultation(request),
    )  # fmt: skip
    return render(request, "consultation/reading/answer.html", context, status=status)


def _changed(request, answer: Answer, text: str) -> HttpResponse:
    """One button of the page: change what is hidden, decide, or leave the answer for later."""
    verb, _, value = request.POST.get("do", "").partition(":")
    try:
        marks = page.read_marks(request.POST.getlist("span"), text, _first_marks(answer))
        if verb in Decision.values:
            return _decided(request, answer, marks, verb)
        if verb in ("next", "back"):
            return _left(request, answer, verb)
        marks = _remarked(request, text, marks, verb, value)
        return _shown(request, answer, text, marks)
    except spans.BadSpan as error:
        return _shown(request, answer, text, _first_marks(answer), error=str(error), status=422)
    except actions.NotAllowed as refused:
        return _shown(request, answer, text, marks, error=str(refused), status=422)


def _remarked(request, text: str, marks: list[page.Mark], verb: str, value: str) -> list[page.Mark]:
    kind = request.POST.get("kind", "PERSON")
    if kind not in spans.TYPES:
        raise spans.BadSpan("Choose what these words are.")
    if verb == "toggle":
        return page.toggled(marks, text, int(value) if value.isdecimal() else 0)
    if verb == "hide":
        places = spans.found(text, request.POST.get("words", ""))
        if not places:
            raise actions.NotAllowed("These words are not in the answer. Type them as they stand there.")
        return page.added(marks, places, kind)
    if verb == "select":
        chosen = spans.normalised([_selected(value, kind)], text)
        return page.added(marks, [(span["start"], span["end"]) for span in chosen], kind)
    return marks


def _selected(value: str, kind: str) -> dict[str, Any]:
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise spans.BadSpan("Select the words again.")
    return {"start": int(start), "end": int(end), "type": kind}


def _decided(request, answer: Answer, marks: list[page.Mark], decision: str) -> HttpResponse:
    was_held = answer.state == AnswerState.HELD
    actions.decide(
        answer=answer,
        by=request.user,
        decision=decision,
        spans=page.hidden_spans(marks),
        note=request.POST.get("note", ""),
        identifying_story=decision == Decision.NEVER_QUOTE,
        priority=request.POST.get("priority", "") if decision == Decision.TRIAGE else "",
    )
    messages.success(request, DONE[Decision(decision)])
    if was_held:
        return redirect("reading:colleagues")
    return _to_desk(_consultation(request))


def _left(request, answer: Answer, direction: str) -> HttpResponse:
    """Leave this answer for whoever comes next, and go on to its neighbour."""
    waiting = (
        queue.held_for(request.user)
        if answer.state == AnswerState.HELD
        else queue.unread_for(request.user, _consultation(request))
    )
    _, _, before, after = queue.position(waiting, answer)
    neighbour = after if direction == "next" else before
    if neighbour is None:
        messages.info(request, "There is no other answer in this direction.")
        return _to_answer(answer, _consultation(request))
    actions.skip(answer=answer, by=request.user)
    return _to_answer(Answer.objects.get(pk=neighbour), _consultation(request))


@reads
@require_POST
def undo(request, pk):
    chosen = get_object_or_404(Answer, pk=pk)
    try:
        actions.undo(answer=chosen, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:done")
    messages.success(request, "Taken back. Here is the answer again.")
    return _to_answer(chosen, None)


@reads
@require_POST
def keys(request):
    """Turn single keys on or off (WCAG 2.1.4)."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(
        request.POST.get("back") if str(request.POST.get("back")).startswith("/staff/reading/") else "reading:desk"
    )


def _listed(readings):
    return [{"reading": reading, "asked": asked(reading.answer)} for reading in readings]


@reads
@require_safe
def held(request):
    rows = Reading.objects.filter(answer__state=AnswerState.HELD).select_related(
        "answer__response__version", "held_by", "reader"
    )
    return render(
        request, "consultation/reading/held.html", frame(request, rows=_listed(rows.order_by("decided_at")[:200]))
    )


@reads
@require_safe
def done(request):
    """What this reader decided since yesterday, and what can still be taken back. No words here."""
    since = timezone.now() - timedelta(days=1)
    rows = Reading.objects.filter(
        reader_id=request.user.pk, decided_at__gt=since, together__isnull=True
    ).select_related("answer__response__version")
    undo_until = timezone.now() - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    listed = _listed(rows.order_by("-decided_at")[:200])
    for row in listed:
        row["undo"] = row["reading"].decided_at > undo_until and row["reading"].answer.state in (
            AnswerState.CLEARED, AnswerState.HELD, AnswerState.NOT_USED,
        )  # fmt: skip
    together_rows = list(together.decided_together(request.user))
    return render(request, "consultation/reading/done.html", frame(request, rows=listed, together=together_rows))
