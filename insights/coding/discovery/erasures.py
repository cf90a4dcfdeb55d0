from collections.abc import Iterator

from consultation import handover
from consultation.audit.erasure_types import Erasure, ErasureGroup, erase_batch
from consultation.surveys.closing_day import add_months, find_closing_day
from insights.coding.discovery.models import Suggestion


class SuggestionErasure(Erasure):
    slug = "suggestions"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = (
        "Groups of like answers that no theme fitted: their names, their phrases, and the numbers they are found by."
    )
    keeps = "Themes and phrases that people took from them into the codebook."
    why = "Without the answers a group says nothing."
    covers = frozenset({"insights.Suggestion"})
    MONTHS = 36

    def groups(self) -> Iterator[ErasureGroup]:
        for page in handover.list_consultations():
            closed, found = find_closing_day(page), Suggestion.objects.filter(consultation=page)
            if closed is not None and found.exists():
                yield ErasureGroup(str(page), add_months(closed, self.MONTHS), found.count(), page)

    def erase(self, group: ErasureGroup) -> int:
        """Erase suggestions without merged suggestions or parts first, because those refer to them."""
        return erase_batch(Suggestion.objects.filter(consultation=group.obj, merged=None, parts=None))
