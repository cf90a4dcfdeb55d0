"""Retention of recalls: they are erased with the texts of their consultation."""

from collections.abc import Iterator

from consultation import handover
from consultation.audit.erasure import CHUNK, Erasure, Group
from insights.exports.models import Recall


class Recalls(Erasure):
    slug = "recalls"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = "Lists of the releases, decisions and exports that held words which were taken back."
    keeps = "The audit log's entries of those exports."
    why = "By then all that could be asked back has been asked back."
    covers = frozenset({"insights.Recall"})
    counted = False
    MONTHS = 36

    def groups(self) -> Iterator[Group]:
        for page in handover.consultations():
            closed, lists = handover.closed_on(page), Recall.objects.filter(consultation=page)
            if closed is not None and lists.exists():
                yield Group(str(page), handover.months_after(closed, self.MONTHS), lists.count(), page)

    def erase(self, group: Group) -> int:
        keys = list(Recall.objects.filter(consultation=group.obj).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        Recall.objects.filter(pk__in=keys).delete()
        return len(keys)
