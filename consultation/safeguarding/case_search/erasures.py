"""Erasure of the records of searches, six years after them."""

from collections.abc import Iterator

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.surveys.closing_day import add_months


class CaseSearchErasure(Erasure):
    slug = "case-searches"
    line, keep = "triage decision record (no answer text)", "6 years after it was made"
    removes = "That a safeguarding lead searched, and why."
    keeps = "The audit log's entries, which go six years after they were made."
    why = "It shows that nobody looked without a reason, for as long as somebody may ask."
    covers = frozenset({"consultation.CaseSearch"})
    counted = False
    MONTHS = 72

    def groups(self) -> Iterator[ErasureGroup]:
        for day in CaseSearch.objects.dates("searched_at", "month"):
            rows = CaseSearch.objects.filter(searched_at__year=day.year, searched_at__month=day.month)
            yield ErasureGroup("Records of searches", add_months(day, self.MONTHS + 1), rows.count())

    def erase(self, group: ErasureGroup) -> int:
        """`group.on` is the first day after the month of the search, six years later."""
        return erase_batch(CaseSearch.objects.filter(searched_at__date__lt=add_months(group.on, -self.MONTHS)))
