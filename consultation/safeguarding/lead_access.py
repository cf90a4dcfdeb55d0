"""Access to the leads' pages, which answer 404 to everyone else, and their shared context."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consultation.emergency_access.models import EmergencyAccess
from consultation.responses.vault import VaultLocked
from consultation.safeguarding import lead_board


def lead_view(view):
    """Decorator: 404 without the permission to see the triage queue; never cached by a browser."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.has_perm("consultation.see_triage"):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except VaultLocked:
            return render(request, "consultation/safeguarding/locked.html", build_lead_context(request), status=503)

    return never_cache(login_required(checked))


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
