"""Erasure of the records of emergency access, six years after their review."""

from collections.abc import Iterator

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.emergency_access.models import EmergencyAccess
from consultation.surveys.closing_day import add_months


class EmergencyAccessErasure(Erasure):
    slug = "emergencies"
    line, keep = "triage decision record (no answer text)", "6 years after it was reviewed"
    removes = "Who had emergency access to which consultation, why, and what a colleague made of it."
    keeps = "The audit log's entries, which go six years after they were made."
    why = "It shows that nobody looked without a reason, for as long as somebody may ask."
    covers = frozenset({"consultation.EmergencyAccess"})
    counted = False
    MONTHS = 72

    def groups(self) -> Iterator[ErasureGroup]:
        for day in EmergencyAccess.objects.dates("reviewed_at", "month"):
            rows = EmergencyAccess.objects.filter(reviewed_at__year=day.year, reviewed_at__month=day.month)
            yield ErasureGroup("Records of emergency access", add_months(day, self.MONTHS + 1), rows.count())

    def erase(self, group: ErasureGroup) -> int:
        """`group.on` is the first day after the month of the review, six years later."""
        return erase_batch(EmergencyAccess.objects.filter(reviewed_at__date__lt=add_months(group.on, -self.MONTHS)))
