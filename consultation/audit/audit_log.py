"""Writing to the audit log: at once, before something is handed out, or at the end of a respondent's day."""

import secrets
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from consultation.audit.models import AuditEntry, WaitingEvent, current_day_and_minute

_chance = secrets.SystemRandom()


class AuditUnavailable(Exception):
    """The audit entry that must precede a disclosure cannot be written (read-only replica, full disk)."""


def record_event(verb: str, *, by: Any = None, obj: Any = None, **data: Any) -> AuditEntry:
    """Append an entry in the transaction of the recorded act. `by`: the user (None: the system); `obj`: a model
    instance; `data`: ids and counts, never words."""
    day, minute = current_day_and_minute()
    entry: AuditEntry = AuditEntry.objects.append(day=day, minute=minute, **_build_entry_fields(verb, by, obj, data))
    return entry


def record_before_handing_out(verb: str, **what: Any) -> AuditEntry:
    """As `record_event`, before data is handed out. Raises AuditUnavailable: then nothing may be handed out."""
    try:
        return record_event(verb, **what)
    except DatabaseError as error:
        raise AuditUnavailable from error


def record_at_day_end(verb: str, *, by: Any = None, obj: Any = None, **data: Any) -> None:
    """Keep a respondent's act for the log with its day alone, never its answer. `by`: only staff who helped."""
    day, _ = current_day_and_minute()
    WaitingEvent.objects.create(day=day, **_build_entry_fields(verb, by, obj, data))


def _build_entry_fields(verb: str, by: Any, obj: Any, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "verb": verb,
        "actor": str(by.pk) if by is not None else "",
        "object_type": obj._meta.model_name if obj is not None else "",
        "object_id": str(obj.pk) if obj is not None else "",
        "data": data,
    }


@transaction.atomic
def append_waiting_events(today: date | None = None) -> int:
    """Sweep: append the events of past days, each day's in random order. Returns their number."""
    today = today or timezone.localdate()
    over = list(WaitingEvent.objects.select_for_update().filter(day__lt=today.isoformat()))
    _chance.shuffle(over)
    for event in sorted(over, key=lambda event: event.day):
        AuditEntry.objects.append(minute="", **model_to_dict(event))
    WaitingEvent.objects.filter(pk__in=[event.pk for event in over]).delete()
    return len(over)


class BrokenChain(Exception):
    """The audit log was tampered with. The daily sweep keeps failing until it is repaired."""


def check_audit_chain() -> None:
    """The daily check (domain/controls.yaml, audit_rules)."""
    broken = AuditEntry.objects.first_break()
    if broken is not None:
        raise BrokenChain(f"entry {broken[0]}: {broken[1]}")
