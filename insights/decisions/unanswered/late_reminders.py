"""Tell an agency that a promise of its own is late: its own people alone, weekly at most, and without a word of it."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import list_people_with
from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify_all
from insights.decisions.agencies.actions import REMINDED, find_last_reminder
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises

DAYS_BETWEEN = 7


def count_late_promises(today: date) -> Counter[str]:
    """{agency's key: its overdue promises}, of those that every page counts."""
    late = [promise for promise in list_overdue_promises(today) if promise.agency]
    keys = handover.map_agency_keys({promise.agency for promise in late})
    owing = (promise.agency_key or keys.get(promise.agency) for promise in late)
    return Counter(key for key in owing if key)


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
