"""The page of a flood: all similar wordings, and one button that decides them together."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from consultation.reading import queue, together
from consultation.reading.actions import NotAllowed
from consultation.reading.frame import frame
from consultation.reading.views import reads
from consultation.responses.asked import asked
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked


@reads
@require_http_methods(["GET", "POST"])
def group(request, pk):
    there = Answer.objects.filter(queue.shown_to(request.user))
    answer = get_object_or_404(there.select_related("response__version"), pk=pk)
    try:
        wordings = together.wordings_like(answer, request.user)
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    if sum(one.times for one in wordings) < together.FEWEST:
        messages.info(request, "No other answers like this one wait.")
        return redirect("reading:desk")
    if request.method == "POST":
        return _decided(request, answer, wordings)
    together.note_seen(wordings, by=request.user)
    return _shown(request, answer, wordings)


def _shown(request, answer, wordings, error="", status=200):
    context = frame(
        request, answer=answer, asked=asked(answer), wordings=wordings, times=sum(one.times for one in wordings),
        flagged=any(one.flagged for one in wordings), error=error, note=request.POST.get("note", ""),
    )  # fmt: skip
    return render(request, "consultation/reading/group.html", context, status=status)


def _decided(request, answer, wordings):
    """Decide only the wordings that the page showed; those that arrived meanwhile stay unread."""
    shown = set(request.POST.getlist("wording"))
    chosen = [one for one in wordings if one.mark in shown]
    if not chosen:
        return _shown(request, answer, wordings, "Choose at least one wording.", status=422)
    try:
        together.decide_together(wordings=chosen, by=request.user, note=request.POST.get("note", ""))
    except NotAllowed as refused:
        return _shown(request, answer, wordings, str(refused), status=422)
    times = sum(one.times for one in chosen)
    messages.success(request, f"{times} answers are read, and not used. You can undo this for ten minutes.")
    return redirect("reading:desk")


@reads
@require_POST
def undo(request, together_id):
    times = together.undo_together(together=together_id, by=request.user)
    if times:
        messages.success(request, f"Taken back. {times} answers are unread again.")
    else:
        messages.warning(request, "The time to undo is over, or a colleague decided these.")
    return redirect(reverse("reading:done"))
