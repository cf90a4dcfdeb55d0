"""The page of a batch of short answers: nine at most, each with the number key that unticks it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import NotAllowed
from consultation.reading import reading_queue, short_answers
from consultation.reading.desk_context import build_desk_context
from consultation.reading.forms import ShortAnswersForm
from consultation.reading.views import chosen_consultation, reading_desk_view, redirect_to_desk
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer


@reading_desk_view()
def show_short_answers(request):
    consultation = chosen_consultation(request)
    if request.method == "POST":
        return _clear_ticked_answers(request, consultation)
    urgent, _ = reading_queue.list_waiting(request.user)
    if urgent:
        messages.info(request, "An answer came that cannot wait. It comes before the short ones.")
        return redirect_to_desk(consultation)
    found = short_answers.lease_short_answers(request.user, consultation)
    if not found:
        messages.info(request, "No short answers wait. Here is what does.")
        return redirect_to_desk(consultation)
    context = build_desk_context(
        request, found=found, asked=build_asked_question(found[0].answer), consultation=consultation
    )
    return render(request, "consultation/reading/short.html", context)


def _clear_ticked_answers(request, consultation):
    """Clear the ticked answers among those shown; the others leave the batch and are read one by one."""
    form = ShortAnswersForm.of(request, leased=Answer.objects.filter(lease__reader=request.user))
    chosen = form.chosen()
    shown = [answer for key, answer in form.fields["shown"].choices if key in chosen["shown"]]
    clear = [answer for answer in shown if str(answer.pk) in chosen["clear"]]
    try:
        count = short_answers.clear_short_answers(answers=clear, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, f"{refused} Nothing was cleared.")
        return redirect(request.get_full_path())
    short_answers.exclude_from_batches(answers=[answer for answer in shown if answer not in clear], by=request.user)
    if count:
        messages.success(request, "Cleared. They are released in ten minutes, and you can undo this until then.")
    if len(form["shown"].value()) > count:
        messages.info(request, "The others are read one by one.")
    if count and short_answers.has_enough_short_answers(request.user, consultation):
        return redirect(request.get_full_path())
    return redirect_to_desk(consultation)
