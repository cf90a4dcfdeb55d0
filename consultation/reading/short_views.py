"""The page of a batch of short answers: nine at most, each with the number key that unticks it."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultation.reading import short
from consultation.reading.actions import NotAllowed
from consultation.reading.frame import frame
from consultation.reading.views import consultation_of, reads, to_desk
from consultation.responses.asked import asked
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked


@reads
@require_http_methods(["GET", "POST"])
def few(request):
    consultation = consultation_of(request)
    if request.method == "POST":
        return _decided(request, consultation)
    try:
        found = short.next_for(request.user, consultation)
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    if not found:
        messages.info(request, "No short answers wait. Here is what does.")
        return to_desk(consultation)
    context = frame(request, found=found, asked=asked(found[0].answer), consultation=consultation)
    return render(request, "consultation/reading/short.html", context)


def _decided(request, consultation):
    """Clear the ticked answers among those shown; the others leave the batch and are read one by one."""
    shown = Answer.objects.filter(pk__in=_keys(request, "shown"), lease__reader=request.user)
    ticked = set() if request.POST.get("do") == "none" else set(_keys(request, "clear"))
    clear = [answer for answer in shown if str(answer.pk) in ticked]
    try:
        count = short.clear_together(answers=clear, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, f"{refused} Nothing was cleared.")
        return redirect(request.get_full_path())
    short.take_out(answers=[answer for answer in shown if answer not in clear], by=request.user)
    if count:
        messages.success(request, "Cleared. They are released in ten minutes, and you can undo this until then.")
    left = len(_keys(request, "shown")) - count
    if left:
        messages.info(request, "The others are read one by one.")
    if count and short.wait_for(request.user, consultation):
        return redirect(request.get_full_path())
    return to_desk(consultation)


def _keys(request, name):
    """The valid ids in a form field."""
    found = []
    for value in request.POST.getlist(name)[: short.A_PAGE]:
        with suppress(ValueError):
            found.append(str(UUID(value)))
    return found
