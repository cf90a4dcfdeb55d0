"""Access to the leads' pages, which answer 404 to everyone else, and their shared context."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consultation.domain.signal_answers import collect_answers
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.models import ContactRequest, ContactState, WithdrawnText
from consultation.safeguarding.signals import lead_context_asked


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


def count_waiting_withdrawn(lead):
    return WithdrawnText.objects.seen_by(lead).filter(case__isnull=True).count()


def build_lead_context(request, **more):
    """Context of every leads' page: the time, waiting contacts and withdrawn texts, emergency accesses."""
    context = {
        "now": timezone.now(),
        "contacts_waiting": ContactRequest.objects.exclude(state=ContactState.CLOSED).count(),
        "withdrawn_waiting": count_waiting_withdrawn(request.user),
    }
    for answer in collect_answers(lead_context_asked, lead=request.user):
        context |= answer
    return context | more
