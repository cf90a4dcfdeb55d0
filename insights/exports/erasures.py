from collections.abc import Iterator

from consultation import handover
from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.surveys.closing_day import add_months, find_closing_day
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

    def groups(self) -> Iterator[ErasureGroup]:
        for page in handover.list_consultations():
            closed, lists = find_closing_day(page), Recall.objects.filter(consultation=page)
            if closed is not None and lists.exists():
                yield ErasureGroup(str(page), add_months(closed, self.MONTHS), lists.count(), page)

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(Recall.objects.filter(consultation=group.obj))
