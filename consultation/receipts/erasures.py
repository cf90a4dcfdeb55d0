"""Erasure of receipts two years after the close."""

from collections.abc import Iterator

from consultation.audit.erasure import CHUNK, Erasure, Group
from consultation.questionnaires.closing import closed_on, ever_asked, months_after
from consultation.receipts.models import Receipt


class Receipts(Erasure):
    slug = "receipts"
    line, keep = "receipt hashes", "24 months after the close"
    removes = "What people's four words derive to: the words open nothing any more."
    keeps = "The answers, which then nobody can find or take back."
    why = "Their holder can see for two years what became of what they said."
    covers = frozenset({"consultation.Receipt"})
    MONTHS = 24

    def groups(self) -> Iterator[Group]:
        for page in ever_asked():
            closed, receipts = closed_on(page), Receipt.objects.filter(response__version__page=page)
            if closed is not None and receipts.exists():
                yield Group(str(page), months_after(closed, self.MONTHS), receipts.count(), page)

    def erase(self, group: Group) -> int:
        found = Receipt.objects.filter(response__version__page=group.obj).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[:CHUNK])
        return Receipt.objects.filter(pk__in=keys).delete()[0]
