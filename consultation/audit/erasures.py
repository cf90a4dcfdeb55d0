from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.audit.erasure_types import Erasure, ErasureGroup
from consultation.audit.models import SHORTENED, AuditEntry


class AuditLogErasure(Erasure):
    slug = "audit"
    line, keep = "audit log", "6 years, append-only"
    removes = "The oldest entries: who of the staff did what to which object."
    keeps = "All younger entries, in a chain that still verifies: the entry that says so is its new beginning."
    why = "It is the record of who saw what, for as long as somebody may ask."

    def groups(self) -> Iterator[ErasureGroup]:
        first = AuditEntry.objects.order_by("seq").first()
        if first is None:
            return
        oldest = date.fromisoformat(first.day)
        last = last_expired_entry()
        count = AuditEntry.objects.filter(seq__lte=last.seq).count() if last else 1
        try:
            kept_until = oldest.replace(year=oldest.year + AuditEntry.YEARS_KEPT)
        except ValueError:
            kept_until = oldest.replace(year=oldest.year + AuditEntry.YEARS_KEPT, month=3, day=1)
        yield ErasureGroup("The oldest entries", kept_until + timedelta(days=1), count)

    def erase(self, group: ErasureGroup) -> int:
        return remove_expired_entries()


def subtract_years(today: date, years: int) -> date:
    """The same day, years earlier; a 29 February counts as the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def last_expired_entry() -> AuditEntry | None:
    """The last entry of the leading run of expired entries; None when nothing has expired."""
    oldest = subtract_years(timezone.localdate(), AuditEntry.YEARS_KEPT).isoformat()
    kept = AuditEntry.objects.filter(day__gte=oldest).order_by("seq").first()
    due = AuditEntry.objects.filter(seq__lt=kept.seq) if kept else AuditEntry.objects.all()
    last: AuditEntry | None = due.order_by("-seq").first()
    return last


@transaction.atomic
def remove_expired_entries() -> int:
    """Remove expired entries and record it in an entry, the chain's new beginning. Returns their number.

    The triggers allow it only of entries that are six years old by the database's own clock, after that entry.
    """
    AuditEntry.objects.lock()
    last = last_expired_entry()
    if last is None:
        return 0
    due = AuditEntry.objects.filter(seq__lte=last.seq)
    count = due.count()
    record_event(SHORTENED, through=last.seq, hash=last.hash, entries=count)
    due.delete()
    return count
