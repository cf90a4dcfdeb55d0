from consultation.audit.erasure_types import ErasureGroup, erase_batch
from consultation.surveys.closing_day import AfterCloseErasure
from insights.coding.discovery.models import Suggestion


class SuggestionErasure(AfterCloseErasure):
    slug = "suggestions"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = (
        "Groups of like answers that no theme fitted: their names, their phrases, and the numbers they are found by."
    )
    keeps = "Themes and phrases that people took from them into the codebook."
    why = "Without the answers a group says nothing."
    covers = frozenset({"insights.Suggestion"})
    MONTHS = 36
    rows = Suggestion.objects

    def erase(self, group: ErasureGroup) -> int:
        """Erase suggestions without merged suggestions or parts first, because those refer to them."""
        return erase_batch(self.rows_of(group.obj).filter(merged=None, parts=None))
