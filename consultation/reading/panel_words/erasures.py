from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.surveys.youth_panel.models import PanelWords


class PanelWordsErasure(Erasure):
    slug = "panel-words"
    line, keep = "words of the youth panel", "12 months after its round began"
    removes = "What members of the panel would change, as they wrote it and as a reader cleared it."
    keeps = "How often each question was ticked, and what changed."
    why = "The survey has opened long since, and everyone can read what changed."
    covers = frozenset({"consultation.PanelWords"})
    KEPT = timedelta(days=365)

    def groups(self) -> Iterator[ErasureGroup]:
        days: Counter[date] = Counter(PanelWords.objects.order_by().values_list("panel_round__made_on", flat=True))
        for day, count in sorted(days.items()):
            yield ErasureGroup("Words of the youth panel", day + self.KEPT, count)

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(PanelWords.objects.filter(panel_round__made_on=group.on - self.KEPT))
