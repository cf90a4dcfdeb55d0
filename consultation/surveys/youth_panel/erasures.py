"""Erasure of the codes of rounds that nobody ended."""

from datetime import timedelta

from consultation.audit.erasure_types import AfterDayErasure, ErasureGroup
from consultation.surveys.youth_panel.models import PanelRound


class PanelCodesErasure(AfterDayErasure):
    slug = "panel-codes"
    line, keep = "codes of the youth panel", "90 days; at once when it is told what changed"
    removes = "What the codes of the members derive to, and whether each was used."
    keeps = "How often each question was ticked, and what changed."
    why = "A used code says that one member of the panel took part."
    covers = frozenset({"consultation.PanelRound.codes"})
    name, rows, day = "Codes of the youth panel", PanelRound.objects.exclude(codes={}), "made_on"
    KEPT = timedelta(days=90)

    def erase(self, group: ErasureGroup) -> int:
        return self.rows.filter(made_on=group.on - self.KEPT).update(codes={})
