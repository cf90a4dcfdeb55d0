"""`record()`: one line in the audit log, in the transaction of what it records. `record_first()`: one without which
nothing is given out. `note_for_tonight()`: one that a
respondent caused, which enters the log when its day is over."""

import secrets
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from consultation.audit.models import AuditEntry, WaitingEvent, now_parts

_chance = secrets.SystemRandom()


class NotOnRecord(Exception):
    """What must be on record before anybody has it cannot be written down now (a copy of the database that is only read,
    a disk that is full): it is not given out."""


def record(verb: str, *, by: Any = None, obj: Any = None, **data: Any) -> AuditEntry:
    """Append an entry. `by` is the user (None: the system); `obj` a model instance; `data` ids, counts, no words."""
    day, minute = now_parts()
    entry: AuditEntry = AuditEntry.objects.append(day=day, minute=minute, **_said(verb, by, obj, data))
    return entry


def record_first(verb: str, **what: Any) -> AuditEntry:
    """As `record`, for what is given out only once it is on record. Raises NotOnRecord, and then nothing may be."""
    try:
        return record(verb, **what)
    except DatabaseError as error:
        raise NotOnRecord from error


def note_for_tonight(verb: str, *, by: Any = None, obj: Any = None, **data: Any) -> None:
    """What a respondent caused: the day alone, and never which answer it was about. `by` only where staff lent a hand."""
    day, _ = now_parts()
    WaitingEvent.objects.create(day=day, **_said(verb, by, obj, data))


def _said(verb: str, by: Any, obj: Any, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "verb": verb,
        "actor": str(by.pk) if by is not None else "",
        "object_type": obj._meta.model_name if obj is not None else "",
        "object_id": str(obj.pk) if obj is not None else "",
        "data": data,
    }


@transaction.atomic
def append_waiting(today: date | None = None) -> int:
    """Sweep: the events of days that are over enter the log, those of one day in random order. How many."""
    today = today or timezone.localdate()
    over = list(WaitingEvent.objects.select_for_update().filter(day__lt=today.isoformat()))
    _chance.shuffle(over)
    for event in sorted(over, key=lambda event: event.day):
        AuditEntry.objects.append(
            day=event.day,
            minute="",
            actor=event.actor,
            verb=event.verb,
            object_type=event.object_type,
            object_id=event.object_id,
            data=event.data,
        )
    WaitingEvent.objects.filter(pk__in=[event.pk for event in over]).delete()
    return len(over)
