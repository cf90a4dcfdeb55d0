"""Erasure of receipts two years after the close."""

from collections.abc import Iterator

from consultation.audit.erasure_types import ERASURE_BATCH, Erasure, ErasureGroup
from consultation.receipts.models import Receipt
from consultation.surveys.closing_day import add_months, find_closing_day, list_published_consultations


class ReceiptErasure(Erasure):
    slug = "receipts"
    line, keep = "receipt hashes", "24 months after the close"
    removes = "What people's four words derive to: the words open nothing any more."
    keeps = "The answers, which then nobody can find or take back."
    why = "Their holder can see for two years what became of what they said."
    covers = frozenset({"consultation.Receipt"})
    MONTHS = 24

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed, receipts = find_closing_day(page), Receipt.objects.filter(response__version__page=page)
            if closed is not None and receipts.exists():
                yield ErasureGroup(str(page), add_months(closed, self.MONTHS), receipts.count(), page)

    def erase(self, group: ErasureGroup) -> int:
        found = Receipt.objects.filter(response__version__page=group.obj).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[:ERASURE_BATCH])
        return Receipt.objects.filter(pk__in=keys).delete()[0]
