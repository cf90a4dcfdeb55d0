from collections.abc import Iterator
from datetime import date, timedelta

from consultation.audit.audit_expiry import last_expired_entry, remove_expired_entries
from consultation.audit.erasure_types import Erasure, ErasureGroup
from consultation.audit.models import AuditEntry


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
