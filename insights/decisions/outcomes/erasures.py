"""Retention of published outcomes: kept for good, reviewed as often as decisions."""

from collections.abc import Iterator

from django.utils import timezone

from consultation.audit.erasure_types import ErasureGroup
from insights.decisions.erasures import PublishedRecords, next_review_date
from insights.decisions.outcomes.models import OutcomeUpdate


class PublishedOutcomes(PublishedRecords):
    slug = "outcomes"
    removes = "Nothing by itself. Whoever looks may write the next update."
    keeps = "Each update as it could be read, the figures that it cites, and how many replied to a poll, rounded."

    def groups(self) -> Iterator[ErasureGroup]:
        today = timezone.localdate()
        found = OutcomeUpdate.objects.published().select_related("decision").order_by("published_on", "pk")
        for update in found:
            if update.published_on:
                yield ErasureGroup(str(update), next_review_date(update.published_on, today), 1, update)
