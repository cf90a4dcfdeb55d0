"""Removal of audit entries after six years (domain/controls.yaml, retention); the rest stays verifiable.

The database triggers allow deletion only of entries that are six years old by the database's own clock, and only after
an entry that records the shortening beyond them.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.audit.models import SHORTENED, AuditEntry


def subtract_years(today: date, years: int) -> date:
    """The same day, years earlier; a 29 February counts as the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def last_expired_entry(today: date | None = None) -> AuditEntry | None:
    """The last entry of the leading run of expired entries; None when nothing has expired."""
    oldest = subtract_years(today or timezone.localdate(), AuditEntry.YEARS_KEPT).isoformat()
    kept = AuditEntry.objects.filter(day__gte=oldest).order_by("seq").first()
    due = AuditEntry.objects.filter(seq__lt=kept.seq) if kept else AuditEntry.objects.all()
    last: AuditEntry | None = due.order_by("-seq").first()
    return last


@transaction.atomic
def remove_expired_entries(today: date | None = None) -> int:
    """Remove expired entries and record it in an entry, the chain's new beginning. Returns their number."""
    AuditEntry.objects.lock()
    last = last_expired_entry(today)
    if last is None:
        return 0
    due = AuditEntry.objects.filter(seq__lte=last.seq)
    count = due.count()
    record_event(SHORTENED, through=last.seq, hash=last.hash, entries=count)
    due.delete()
    return count
