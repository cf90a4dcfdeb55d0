"""`record()`: one line in the audit log, in the transaction of what it records."""

from typing import Any

from consultation.audit.models import AuditEntry, now_parts


def record(verb: str, *, by: Any = None, obj: Any = None, minute: bool = True, **data: Any) -> AuditEntry:
    """Append an entry. `by` is the user (None: the system); `obj` a model instance; `data` ids, counts, no words.

    `minute=False` is for what a respondent caused: it keeps the day alone.
    """
    day, clock = now_parts()
    entry: AuditEntry = AuditEntry.objects.append(
        day=day,
        minute=clock if minute else "",
        actor=str(by.pk) if by is not None else "",
        verb=verb,
        object_type=obj._meta.model_name if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        data=data,
    )
    return entry
