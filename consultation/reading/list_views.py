"""Pages around the desk: waiting, awaiting a colleague, decided, guide, keys, break. None shows an answer's words."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consultation.reading import actions, queue, together
from consultation.reading.frame import KEYS_OFF, UNDONE_BY_ITS_READER, frame
from consultation.reading.models import Reading
from consultation.reading.views import reads, to_answer
from consultation.responses.asked import asked
from consultation.responses.models import Answer, AnswerState

MOST = 200


@reads
@require_POST
def undo(request, pk):
    chosen = get_object_or_404(Answer.objects.filter(queue.shown_to(request.user)), pk=pk)
    try:
        actions.undo(answer=chosen, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:done")
    messages.success(request, "Taken back. Here is the answer again.")
    return to_answer(chosen, None)


@reads
@require_POST
def keys(request):
    """Turn single keys on or off (WCAG 2.1.4)."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    back = str(request.POST.get("back"))
    return redirect(back if back.startswith("/staff/reading/") else "reading:desk")


@reads
@require_safe
def guide(request):
    """The readers' guide with every key, for printing."""
    return render(request, "consultation/reading/guide.html", frame(request))


@reads
@require_safe
def waiting(request):
    """Unread answers by consultation. Other pages show no count, so that nobody is hurried."""
    return render(request, "consultation/reading/waiting.html", frame(request, counts=queue.counts(request.user)))


@reads
@require_POST
def away(request):
    """Take a break: end the reader's leases, so that colleagues can go on, and show a page without words."""
    queue.give_all_back(request.user)
    return redirect("reading:pause")


@reads
@require_safe
def pause(request):
    return render(request, "consultation/reading/pause.html", frame(request))


def _listed(readings):
    return [{"reading": reading, "asked": asked(reading.answer)} for reading in readings]


@reads
@require_safe
def held(request):
    there = Answer.objects.filter(queue.shown_to(request.user), state=AnswerState.HELD)
    rows = Reading.objects.filter(answer__in=there).select_related("answer__response__version", "held_by", "reader")
    context = frame(request, rows=_listed(rows.order_by("decided_at")[:MOST]))
    return render(request, "consultation/reading/held.html", context)


@reads
@require_safe
def done(request):
    """This reader's decisions of the last 24 hours, and which of them can be undone."""
    now = timezone.now()
    mine = queue.decided_by(request.user).filter(decided_at__gt=now - timedelta(days=1))
    rows = mine.filter(together__isnull=True).select_related("answer__response__version")
    undo_until = now - timedelta(minutes=settings.RELEASE_AFTER_MINUTES)
    listed = _listed(rows.order_by("-decided_at")[:MOST])
    for row in listed:
        in_time = row["reading"].decided_at > undo_until
        row["undo"] = in_time and row["reading"].answer.state in UNDONE_BY_ITS_READER
    together_rows = list(together.decided_together(request.user, now))
    return render(request, "consultation/reading/done.html", frame(request, rows=listed, together=together_rows))
