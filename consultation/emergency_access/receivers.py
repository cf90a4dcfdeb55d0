"""Answers to safeguarding: emergency accesses with their clocks, and what the leads' pages show of them."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from consultation.emergency_access.actions import iter_emergency_timings
from consultation.emergency_access.models import EmergencyAccess
from consultation.safeguarding.alerts import TimedItem
from consultation.safeguarding.signals import lead_context_asked, timed_items_asked


@receiver(timed_items_asked, dispatch_uid="emergency-clocks")
def time_emergencies(sender: Any, **kwargs: Any) -> Iterator[TimedItem]:
    return iter_emergency_timings(EmergencyAccess.objects.not_reviewed())


@receiver(lead_context_asked, dispatch_uid="emergency-context")
def show_emergencies_to_lead(sender: Any, *, lead: Any, **kwargs: Any) -> dict[str, Any]:
    return {
        "emergencies_open": EmergencyAccess.objects.open().select_related("consultation", "opened_by"),
        "emergencies_to_review": EmergencyAccess.objects.for_review_by(lead),
    }
