"""The audit sample: monthly figures for readers and leads, and one answer at a time for readers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.reading import queue
from consultation.reading.actions import NotAllowed
from consultation.reading.frame import frame
from consultation.reading.second_look import actions
from consultation.reading.second_look.models import ScreenAudit
from consultation.reading.views import reads
from consultation.responses.asked import asked
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked

MONTHS = 24


@never_cache
@login_required
@permission_required("consultation.read_raw", raise_exception=True)
@require_safe
def months(request):
    """Monthly figures; no words and no single answers."""
    audits = [(audit, actions.figures_of(audit)) for audit in ScreenAudit.objects.all()[:MONTHS]]
    left = any(figures.open for _, figures in audits)
    waits = request.user.has_perm("consultation.flag_to_triage") and actions.waiting_for(request.user).exists()
    context = frame(request, audits=audits, waits=waits, for_colleagues=left and not waits)
    return render(request, "consultation/reading/second_look/months.html", context)


@reads
@require_POST
def start(request):
    """Redirect to the next answer of the sample for this reader, if there is one."""
    answer = actions.next_for(request.user)
    if answer is None:
        messages.info(request, "Nothing waits for your second look.")
        return redirect("reading:second-look")
    return redirect("reading:second-look-answer", pk=answer.pk)


@reads
@require_http_methods(["GET", "POST"])
def answer(request, pk):
    drawn = Answer.objects.filter(second_look__isnull=False).select_related("response__version")
    chosen = get_object_or_404(drawn, pk=pk)
    if request.method == "POST":
        return _decided(request, chosen)
    try:
        text = actions.open_text(answer=chosen, by=request.user)
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:second-look")
    return _shown(request, chosen, text)


def _shown(request, chosen, text, error="", status=200):
    why = request.POST.get("why", "")
    context = frame(request, answer=chosen, asked=asked(chosen), text=text, error=error, why=why)
    return render(request, "consultation/reading/second_look/answer.html", context, status=status)


def _decided(request, chosen):
    said = request.POST.get("result", "")
    if said == "skip":
        queue.give_back(chosen, request.user)
        return redirect("reading:second-look")
    try:
        if said not in ("fine", "missed"):
            text = actions.open_text(answer=chosen, by=request.user)
            return _shown(request, chosen, text, "Say whether the screen missed something.", status=422)
        actions.look(answer=chosen, by=request.user, missed=said == "missed", why=request.POST.get("why", ""))
    except VaultLocked:
        return render(request, "consultation/reading/locked.html", frame(request), status=503)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:second-look")
    if said == "missed":
        messages.success(request, "Sent to the safeguarding lead. It counts as missed.")
    return start(request)
