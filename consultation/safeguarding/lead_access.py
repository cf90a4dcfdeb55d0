"""Access to the leads' pages, which answer 404 to everyone else, and their shared context."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from consultation.access import staff_view
from consultation.domain.signal_values import collect_return_values
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.models import ContactRequest, ContactState, WithdrawnText
from consultation.safeguarding.signals import lead_context_asked, warnings_asked


def count_waiting_withdrawn(lead):
    return WithdrawnText.objects.seen_by(lead).filter(case__isnull=True).count()


def list_warnings():
    """Sentences that readers and leads must know before they rely on the order of what waits."""
    return [says for says in collect_return_values(warnings_asked) if says]


def build_lead_context(request, **more):
    """Context of every leads' page: the time, what waits beside the board, emergency accesses."""
    context = {
        "now": timezone.now(),
        "contacts_waiting": ContactRequest.objects.exclude(state=ContactState.CLOSED).count(),
        "withdrawn_waiting": count_waiting_withdrawn(request.user),
        "head_of_service": settings.HEAD_OF_SERVICE_EMAIL,
        "warnings": list_warnings(),
    }
    for answer in collect_return_values(lead_context_asked, lead=request.user):
        context |= answer
    return context | more


def redirect_to_case(request, case, said):
    """To a case that was opened now, or to the board if it is hidden from this lead."""
    messages.success(request, f"{case.name} is open. {said}")
    if type(case).objects.seen_by(request.user).filter(pk=case.pk).exists():
        return redirect("safeguarding:case", case.pk)
    return redirect("safeguarding:board")


def _show_locked_page(request):
    return render(request, "consultation/safeguarding/locked.html", build_lead_context(request), status=503)


lead_view = partial(staff_view, "consultation.see_triage", hidden=True, error_pages={VaultLocked: _show_locked_page})
