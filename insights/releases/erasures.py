"""Retention of redacted texts (three years). Published words stay."""

from datetime import date
from typing import Any

from consultation.audit.erasure_types import ErasureGroup, lock_batch
from consultation.surveys.closing_day import AfterCloseErasure, find_closing_day
from insights.corpus.models import Text
from insights.releases.minority_views.actions import keep_published_minority_views
from insights.releases.models import Quote, Release


def first_results_day(page: Any) -> date | None:
    """The day on which the first release after the close of a consultation was published."""
    closed = find_closing_day(page)
    if closed is None:
        return None
    after = Release.objects.published().filter(consultation=page, published_on__gte=closed)
    return after.order_by("published_on").values_list("published_on", flat=True).first()


class RedactedTexts(AfterCloseErasure):
    slug = "texts"
    line, keep = "redacted text and codes", "3 years after the close"
    removes = (
        "Cleared texts, the themes that people and machines gave them, quotes that only planners saw, kept PDFs that "
        "hold them, and models that learned from them."
    )
    keeps = "Figures, and quotes and summaries that two people approved: they are part of what was published."
    why = "The themes and decisions stand on their own by then."
    covers = frozenset(
        {
            "insights.Text",
            "insights.Quote",
            "insights.Paper",
            "insights.MinorityVoice",
            "insights.LearnedModel.learned_from",
            "insights.LearnedModel.artefact",
        }
    )
    learned_from = True
    MONTHS = 36
    rows, of_page = Text.objects, "version__page"

    def erase(self, group: ErasureGroup) -> int:
        """Deleting a text erases its quotes' words and keys (insights.receivers): public quotes are detached first."""
        keys = lock_batch(self.rows_of(group.obj))
        public = Quote.objects.for_the_public().filter(source_text__in=keys, release__status="published")
        Quote.objects.filter(pk__in=list(public.values_list("pk", flat=True))).update(source_text=None)
        keep_published_minority_views(keys)
        Text.objects.filter(pk__in=keys).delete()
        return len(keys)
