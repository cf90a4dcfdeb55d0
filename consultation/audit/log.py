"""`record()`: one line in the audit log, in the transaction of what it records."""

from consultation.audit.models import AuditEntry, now_parts


def record(verb, *, by=None, obj=None, minute=True, **data):
    """Append an entry. `by` is the user (None: the system); `obj` a model instance; `data` ids and counts, never words.

    `minute=False` is for what a respondent caused: it keeps the day alone.
    """
    day, clock = now_parts()
    return AuditEntry.objects.append(
        day=day,
        minute=clock if minute else "",
        actor=str(by.pk) if by is not None else "",
        verb=verb,
        object_type=obj._meta.model_name if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        data=data,
    )
