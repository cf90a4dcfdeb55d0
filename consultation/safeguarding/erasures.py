"""Erasures of leads' records. The public descriptions reveal only that such records exist."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone

from consultation.audit.erasure_types import AfterDayErasure, Erasure, ErasureGroup, erase_batch
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.models import CaseState, ContactRequest, TriageCase, WithdrawnText
from consultation.surveys.closing_day import add_months


class ContactRequestErasure(AfterDayErasure):
    slug = "contact"
    line, keep = "contact requests", "30 days after it was closed"
    removes = "What the person asked for, how to reach them, and what came of it."
    keeps = "Nothing. The case record lives in the system that received it."
    why = "It holds a name and a way to reach a child. Once the child was helped, it has no more use here."
    covers = frozenset({"consultation.ContactRequest"})
    name, day = "Requests to be contacted", "closed_on"
    rows = ContactRequest.objects.filter(state="closed", closed_on__isnull=False)
    KEPT = timedelta(days=30)


class LeadRecordErasure(Erasure):
    """Records of what leads did, erased by whole months: six years after the month of their `moment`, a field."""

    line = "triage decision record (no answer text)"
    keeps = "The audit log's entries, which go six years after they were made."
    counted = False
    MONTHS = 72
    name: ClassVar[str]
    moment: ClassVar[str]
    records: ClassVar[Any]  # a manager, or a queryset

    def groups(self) -> Iterator[ErasureGroup]:
        for day in self.records.dates(self.moment, "month"):
            rows = self.records.filter(**{f"{self.moment}__year": day.year, f"{self.moment}__month": day.month})
            yield ErasureGroup(self.name, add_months(day, self.MONTHS + 1), rows.count())

    def erase(self, group: ErasureGroup) -> int:
        """`group.on` is the first day after the month of the moment, six years later."""
        first = add_months(group.on, -self.MONTHS)
        return erase_batch(self.records.filter(**{f"{self.moment}__date__lt": first}))


class CaseErasure(LeadRecordErasure):
    slug, name, moment = "cases", "Records of closed cases", "closed_at"
    keep = "6 years after it was closed"
    removes = "What was decided about a concern, by whom and why, and the reference of the receiving system."
    why = "It shows that a duty was done, for as long as somebody may ask."
    covers = frozenset({"consultation.TriageCase"})
    records = TriageCase.objects.filter(state=CaseState.CLOSED)


class WithdrawnTextErasure(Erasure):
    slug = "withdrawn-words"
    line, keep = "raw free text", "one working day, after a lead has read it; with a case, until that is closed"
    removes = "Words that were taken back before anybody had read them."
    keeps = "Nothing, unless the duty to tell applies: then a case."
    why = "A cry for help must not be withdrawn unheard; all else is gone as the person asked."
    covers = frozenset({"consultation.WithdrawnText"})
    counted = False

    def groups(self) -> Iterator[ErasureGroup]:
        """Texts that a lead has read and may still decide on; unread ones have clocks and alerts that only leads see."""
        read = WithdrawnText.objects.filter(case__isnull=True, keep_until__isnull=False)
        for until in read.values_list("keep_until", flat=True):
            yield ErasureGroup("Words taken back", timezone.localdate(until) + timedelta(days=1), 1)

    def erase(self, group: ErasureGroup) -> int:
        over = WithdrawnText.objects.filter(case__isnull=True, keep_until__date__lt=group.on)
        return erase_batch(over)


class CaseSearchErasure(LeadRecordErasure):
    slug, name, moment = "case-searches", "Records of searches", "searched_at"
    keep = "6 years after it was made"
    removes = "That a safeguarding lead searched, and why."
    why = "It shows that nobody looked without a reason, for as long as somebody may ask."
    covers = frozenset({"consultation.CaseSearch"})
    records = CaseSearch.objects
