"""Alerts about emergency access: all other leads at once, by day or night; its review has a clock."""

from collections.abc import Iterator
from datetime import datetime

from consultation.emergency_access.models import EmergencyAccess, EmergencyQuerySet
from consultation.safeguarding import alerts


def iter_emergency_timings(accesses: EmergencyQuerySet) -> Iterator[alerts.TimedItem]:
    for access in accesses:
        yield alerts.TimedItem(
            access, access.opened_at, access.due_at, access.opened_by_id, at_once=alerts.EVERYONE, to_all=True
        )


def alert_emergency_at_once(access: EmergencyAccess, now: datetime) -> None:
    """Alert in the request, without waiting for the sweep."""
    alone = EmergencyAccess.objects.not_reviewed().filter(pk=access.pk)
    alerts.alert_recipients(iter_emergency_timings(alone), now, patient=False)
