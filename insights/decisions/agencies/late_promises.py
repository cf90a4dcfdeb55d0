"""Telling an agency that a promise of its own is late: its own people alone, weekly at most, and without a word of it."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import list_people_with
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import notify_all
from insights.decisions.agencies.models import ENDED, ActionItem
from insights.decisions.models import Decision

REMINDED = "agency reminded"
DAYS_BETWEEN = 7


def count_late_promises(today: date) -> Counter[str]:
    """{agency's key: actions past their day, and decisions it leads that are late or owe news}"""
    items = ActionItem.objects.promised().overdue(today).select_related("agency")
    found = Counter(item.agency.key_on_list for item in items)
    running = Decision.objects.in_force().exclude(progress__in=ENDED).exclude(agency="")
    led = [one.agency for one in running if any(day and day < today for day in (one.due, one.next_update))]
    keys = handover.map_agency_keys(led)
    found.update(keys[name] for name in led if name in keys)
    return found


def find_last_reminder(key: str) -> str:
    """The day on which this agency was last told; empty if it never was."""
    told = AuditEntry.objects.filter(verb=REMINDED, data__agency=key).order_by("-seq")
    return told.values_list("day", flat=True).first() or ""


def remind_late_agencies(today: date | None = None) -> int:
    """Sweep: tell the people of each late agency who may say how its actions go. Returns how many agencies were told."""
    today = today or timezone.localdate()
    return sum(_remind_agency(key, late, today) for key, late in sorted(count_late_promises(today).items()))


@transaction.atomic
def _remind_agency(key: str, late: int, today: date) -> bool:
    people = list_people_with("insights.update_action").filter(agency=key).exclude(email="")
    addresses = sorted(people.values_list("email", flat=True))
    if not addresses or find_last_reminder(key) > (today - timedelta(days=DAYS_BETWEEN)).isoformat():
        return False
    record_event(REMINDED, agency=key, late=late)
    transaction.on_commit(lambda: notify_all(addresses))
    return True
