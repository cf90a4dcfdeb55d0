"""Retention of redacted texts (three years) and of the differencing ledger (one year). Published words stay."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count

from consultation import handover
from consultation.audit.erasure import CHUNK, Erasure, Group
from insights.intake.models import Text
from insights.reports.ledger.models import Ledger
from insights.reports.models import Quote, Release
from insights.reports.voices.actions import keep_what_was_published


def results_on(page: Any) -> date | None:
    """The day on which the first release after the close of a consultation was published."""
    closed = handover.closed_on(page)
    if closed is None:
        return None
    after = Release.objects.published().filter(consultation=page, published_on__gte=closed)
    return after.order_by("published_on").values_list("published_on", flat=True).first()


class Ledgers(Erasure):
    """A year after the close no release comes any more, so no figure is left to be compared."""

    slug = "ledgers"
    line, keep = "redacted text and codes", "12 months after the close"
    removes = "The key and the fingerprints by which a new figure was compared with those shown before."
    keeps = "The figures themselves."
    why = "It is needed only while another release can come."
    covers = frozenset({"insights.Ledger", "insights.LedgerPage", "insights.LedgerFigure"})
    counted = False
    MONTHS = 12

    def groups(self) -> Iterator[Group]:
        for ledger in Ledger.objects.select_related("consultation"):
            closed = handover.closed_on(ledger.consultation)
            if closed is not None:
                yield Group(
                    str(ledger.consultation), handover.months_after(closed, self.MONTHS), 1, ledger.consultation
                )

    def erase(self, group: Group) -> int:
        return Ledger.objects.filter(consultation=group.obj).delete()[1].get("insights.Ledger", 0)


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
        """Deleting a text erases its quotes' words and keys (insights.receivers): public quotes are detached first."""
        keys = list(Text.objects.of(group.obj).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        quotes = Quote.objects.filter(source_text__in=keys, release__status="published", erased=False)
        public = quotes.annotate(approvals=Count("public_approved_by", distinct=True)).filter(approvals__gte=2)
        Quote.objects.filter(pk__in=list(public.values_list("pk", flat=True))).update(source_text=None)
        keep_what_was_published(keys)
        Text.objects.filter(pk__in=keys).delete()
        return len(keys)
