"""Redacted texts and their codes are kept for three years; what was published from them stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count

from consultation import handover
from consultation.audit.erasure import CHUNK, Erasure, Group
from insights.intake.models import Text
from insights.reports.models import Quote, Release
from insights.reports.voices.actions import keep_what_was_published


def results_on(page: Any) -> date | None:
    """The day on which the first release after the close of a consultation was published."""
    closed = handover.closed_on(page)
    if closed is None:
        return None
    after = Release.objects.published().filter(consultation=page, published_on__gte=closed)
    return after.order_by("published_on").values_list("published_on", flat=True).first()


class RedactedTexts(Erasure):
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

    def groups(self) -> Iterator[Group]:
        for page in handover.consultations():
            closed, texts = handover.closed_on(page), Text.objects.of(page)
            if closed is not None and texts.exists():
                yield Group(str(page), handover.months_after(closed, self.MONTHS), texts.count(), page)

    def erase(self, group: Group) -> int:
        """Each text takes its quotes' words and their keys along (insights.receivers), but for those made public."""
        keys = list(Text.objects.of(group.obj).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        quotes = Quote.objects.filter(source_text__in=keys, release__status="published", erased=False)
        public = quotes.annotate(approvals=Count("public_approved_by", distinct=True)).filter(approvals__gte=2)
        Quote.objects.filter(pk__in=list(public.values_list("pk", flat=True))).update(source_text=None)
        keep_what_was_published(keys)
        Text.objects.filter(pk__in=keys).delete()
        return len(keys)
