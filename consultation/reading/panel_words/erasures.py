from datetime import timedelta

from consultation.audit.erasure_types import AfterDayErasure
from consultation.surveys.youth_panel.models import PanelWords


class PanelWordsErasure(AfterDayErasure):
    slug = "panel-words"
    line, keep = "words of the youth panel", "12 months after its round began"
    removes = "What members of the panel would change, as they wrote it and as a reader cleared it."
    keeps = "How often each question was ticked, and what changed."
    why = "The survey has opened long since, and everyone can read what changed."
    covers = frozenset({"consultation.PanelWords"})
    name, rows, day = "Words of the youth panel", PanelWords.objects, "panel_round__made_on"
    KEPT = timedelta(days=365)
