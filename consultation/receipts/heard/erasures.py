"""Erasure of poll answers, when the four words stop working."""

from collections.abc import Iterator

from consultation.audit.erasure import CHUNK, Erasure, Group
from consultation.questionnaires.closing import closed_on, ever_asked, months_after
from consultation.receipts.erasures import Receipts
from consultation.receipts.heard.models import HeardAnswer


class HeardAnswers(Erasure):
    slug = "heard"
    line, keep = Receipts.line, Receipts.keep
    removes = "Each answer to “Did you hear back?”, “Did we hear you right?” and “Did this change anything for you?”."
    keeps = "The figures made of them after disclosure control."
    why = "Whether we answered well is learned in the time in which people can come back."
    covers = frozenset({"consultation.HeardAnswer"})

    def groups(self) -> Iterator[Group]:
        for page in ever_asked():
            closed, rows = closed_on(page), HeardAnswer.objects.filter(consultation=page)
            if closed is not None and rows.exists():
                yield Group(str(page), months_after(closed, Receipts.MONTHS), rows.count(), page)

    def erase(self, group: Group) -> int:
        found = HeardAnswer.objects.filter(consultation=group.obj).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[:CHUNK])
        return HeardAnswer.objects.filter(pk__in=keys).delete()[0]
