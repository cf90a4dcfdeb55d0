"""Erasure of audit entries older than six years."""

from collections.abc import Iterator
from datetime import date, timedelta

from consultation.audit.erasure import Erasure, Group
from consultation.audit.expiry import last_due, shorten
from consultation.audit.models import AuditEntry


class AuditLog(Erasure):
    slug = "audit"
    line, keep = "audit log", "6 years, append-only"
    removes = "The oldest entries: who of the staff did what to which object."
    keeps = "All younger entries, in a chain that still verifies: the entry that says so is its new beginning."
    why = "It is the record of who saw what, for as long as somebody may ask."

    def groups(self) -> Iterator[Group]:
        first = AuditEntry.objects.order_by("seq").first()
        if first is None:
            return
        oldest = date.fromisoformat(first.day)
        last = last_due()
        count = AuditEntry.objects.filter(seq__lte=last.seq).count() if last else 1
        yield Group("The oldest entries", years_after(oldest) + timedelta(days=1), count)

    def erase(self, group: Group) -> int:
        return shorten()


def years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + AuditEntry.YEARS_KEPT)
    except ValueError:
        return day.replace(year=day.year + AuditEntry.YEARS_KEPT, month=3, day=1)
