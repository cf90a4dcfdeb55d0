"""Erasure of the codes of rounds that nobody ended."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from consultation.audit.erasure_types import Erasure, ErasureGroup
from consultation.surveys.youth_panel.models import PanelRound


class PanelCodesErasure(Erasure):
    slug = "panel-codes"
    line, keep = "codes of the youth panel", "90 days; at once when it is told what changed"
    removes = "What the codes of the members derive to, and whether each was used."
    keeps = "How often each question was ticked, and what changed."
    why = "A used code says that one member of the panel took part."
    covers = frozenset({"consultation.PanelRound.codes"})
    KEPT = timedelta(days=90)

    def groups(self) -> Iterator[ErasureGroup]:
        days: Counter[date] = Counter(PanelRound.objects.exclude(codes={}).values_list("made_on", flat=True))
        for day, count in sorted(days.items()):
            yield ErasureGroup("Codes of the youth panel", day + self.KEPT, count)

    def erase(self, group: ErasureGroup) -> int:
        return PanelRound.objects.filter(made_on=group.on - self.KEPT).exclude(codes={}).update(codes={})
