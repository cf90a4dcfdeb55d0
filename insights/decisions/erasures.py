"""Retention of published decisions and releases: kept for good, reviewed every three years."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from consultation.audit.erasure_types import ErasureGroup, RetentionNote
from consultation.surveys.closing_day import add_months
from insights.decisions.models import Decision, QuoteKey
from insights.decisions.outcomes.models import OutcomeUpdate
from insights.releases.models import Release

REVIEW_MONTHS = 36


def next_review_date(published: date, today: date) -> date:
    """The next review day: every three years after publication."""
    day, times = published, 0
    while day <= today:
        times += 1
        day = add_months(published, REVIEW_MONTHS * times)
    return day


def destroy_quote_keys(*, text: Any) -> None:
    """Destroy the fingerprint keys of a text's quotes. The ledger still verifies, and confirms no erased word."""
    QuoteKey.objects.filter(quote__source_text=text).delete()


class PublishedRecords(RetentionNote):
    slug = "published"
    line, keep = "published aggregates and decisions", "for good, looked at again every three years"
    removes = "Nothing by itself. Whoever looks may unpublish a page, or take back a quote."
    keeps = "Figures after disclosure control, approved quotes, decisions, and the ledger that proves them."
    why = "A promise to children should still be there when they are grown up."

    # (kind of record, what its name takes)
    kinds: tuple[tuple[Any, tuple[str, ...]], ...] = ((Release, ("consultation",)), (Decision, ()))

    def groups(self) -> Iterator[ErasureGroup]:
        today = timezone.localdate()
        for model, related in self.kinds:
            published = model.objects.published().exclude(published_on=None).order_by("published_on", "pk")
            for one in published.select_related(*related) if related else published:
                yield ErasureGroup(str(one), next_review_date(one.published_on, today), 1, one)


class PublishedOutcomes(PublishedRecords):
    slug = "outcomes"
    removes = "Nothing by itself. Whoever looks may write the next update."
    keeps = "Each update as it could be read, the figures that it cites, and how many replied to a poll, rounded."
    kinds = ((OutcomeUpdate, ("decision",)),)
