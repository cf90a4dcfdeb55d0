"""The page of a flood: all similar wordings, and one button that decides them together."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.reading import batch_decisions, reading_queue
from consultation.reading.desk_context import build_desk_context
from consultation.reading.forms import SimilarAnswersForm
from consultation.reading.views import reading_desk_view
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer


@reading_desk_view()
def show_similar_answers(request, pk):
    there = Answer.objects.filter(reading_queue.visible_to(request.user))
    answer = get_object_or_404(there.select_related("response__version"), pk=pk)
    wordings = batch_decisions.list_similar_wordings(answer, request.user)
    if sum(one.times for one in wordings) < batch_decisions.FEWEST:
        messages.info(request, "No other answers like this one wait.")
        return redirect("reading:desk")
    form, error = SimilarAnswersForm.of(request, wordings=wordings), ""
    if form.is_bound:
        try:
            return _decide_chosen_wordings(request, wordings, **form.chosen())
        except NotAllowed as refused:
            error = str(refused)
    else:
        batch_decisions.record_texts_viewed(wordings, by=request.user)
    context = build_desk_context(
        request,
        answer=answer,
        asked=build_asked_question(answer),
        wordings=wordings,
        times=sum(one.times for one in wordings),
        flagged=any(one.flagged for one in wordings),
        error=error,
        note=form.typed("note"),
    )
    return render(request, "consultation/reading/group.html", context, status=422 if error else 200)


def _decide_chosen_wordings(request, wordings, wording, note):
    chosen = [one for one in wordings if one.mark in wording]
    batch_decisions.decide_wordings(wordings=chosen, by=request.user, note=note)
    times = sum(one.times for one in chosen)
    messages.success(request, f"{times} answers are read, and not used. You can undo this for ten minutes.")
    return redirect("reading:desk")


@reading_desk_view(method="POST")
def undo_batch_decision(request, together_id):
    times = batch_decisions.undo_batch(together=together_id, by=request.user)
    if times:
        messages.success(request, f"Taken back. {times} answers are unread again.")
    else:
        messages.warning(request, "The time to undo is over, or a colleague decided these.")
    return redirect(reverse("reading:done"))
