"""Erasure of poll answers, when the four words stop working."""

from collections.abc import Iterator

from consultation.audit.erasure_types import ERASURE_BATCH, Erasure, ErasureGroup
from consultation.receipts.erasures import ReceiptErasure
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.surveys.closing_day import add_months, find_closing_day, list_published_consultations


class HeardAnswerErasure(Erasure):
    slug = "heard"
    line, keep = ReceiptErasure.line, ReceiptErasure.keep
    removes = "Each answer to “Did you hear back?”, “Did we hear you right?” and “Did this change anything for you?”."
    keeps = "The figures made of them after disclosure control."
    why = "Whether we answered well is learned in the time in which people can come back."
    covers = frozenset({"consultation.HeardAnswer"})

    def groups(self) -> Iterator[ErasureGroup]:
        for page in list_published_consultations():
            closed, rows = find_closing_day(page), HeardAnswer.objects.filter(consultation=page)
            if closed is not None and rows.exists():
                yield ErasureGroup(str(page), add_months(closed, ReceiptErasure.MONTHS), rows.count(), page)

    def erase(self, group: ErasureGroup) -> int:
        found = HeardAnswer.objects.filter(consultation=group.obj).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[:ERASURE_BATCH])
        return HeardAnswer.objects.filter(pk__in=keys).delete()[0]
