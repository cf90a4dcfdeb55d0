"""Telling the administrators that something is stuck: by the channels and outside the quiet hours that each has chosen."""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.operations.service_state.models import ToldAlarm
from cms.operations.service_state.running_checks import list_alarms
from consultation.access import list_people_with
from consultation.notifications.notify import notify_all

AGAIN_AFTER = timedelta(days=1)


def tell_administrators(now: datetime | None = None) -> int:
    """One message for all that is new, and each day again while it lasts. Returns how many people were told; whoever
    had quiet hours is told when they end, unless a colleague was told before."""
    now = now or timezone.now()
    keys = {one.check.key for one in list_alarms()}
    ToldAlarm.objects.exclude(key__in=keys).delete()
    known = set(ToldAlarm.objects.filter(told_at__gt=now - AGAIN_AFTER).values_list("key", flat=True))
    if not keys - known:
        return 0
    people = list_people_with("consultation.manage_users")
    told = notify_all({person.email for person in people}, now, retried=True)
    if told:
        for key in keys:
            ToldAlarm.objects.update_or_create(key=key, defaults={"told_at": now})
    return len(told)
