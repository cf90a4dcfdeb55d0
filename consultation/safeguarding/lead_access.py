"""Access to the leads' pages, which answer 404 to everyone else, and their shared context."""

from functools import partial

from django.shortcuts import render
from django.utils import timezone

from consultation.access import staff_view
from consultation.emergency_access.models import EmergencyAccess
from consultation.responses.vault import VaultLocked
from consultation.safeguarding import lead_board


def build_lead_context(request, **more):
    """Context of every leads' page: the time, waiting contacts and withdrawn texts, emergency accesses."""
    return {
        "now": timezone.now(),
        "contacts_waiting": lead_board.count_waiting_contacts(),
        "withdrawn_waiting": lead_board.count_waiting_withdrawn(request.user),
        "emergencies_open": EmergencyAccess.objects.open().select_related("consultation", "opened_by"),
        "emergencies_to_review": EmergencyAccess.objects.for_review_by(request.user),
        **more,
    }


def _show_locked_page(request):
    return render(request, "consultation/safeguarding/locked.html", build_lead_context(request), status=503)


lead_view = partial(staff_view, "consultation.see_triage", hidden=True, error_pages={VaultLocked: _show_locked_page})
