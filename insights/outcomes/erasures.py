"""Retention of published outcomes: kept for good, reviewed as often as decisions."""

from collections.abc import Iterator

from django.utils import timezone

from consultation.audit.erasure import Group, Kept
from insights.decisions.erasures import Published, next_look
from insights.outcomes.models import OutcomeUpdate


class PublishedOutcomes(Kept):
    slug = "outcomes"
    line, keep = Published.line, Published.keep
    removes = "Nothing by itself. Whoever looks may write the next update."
    keeps = "Each update as it could be read, the figures that it cites, and how many replied to a poll, rounded."
    why = Published.why

    def groups(self) -> Iterator[Group]:
        today = timezone.localdate()
        found = OutcomeUpdate.objects.published().select_related("decision").order_by("published_on", "pk")
        for update in found:
            if update.published_on:
                yield Group(str(update), next_look(update.published_on, today), 1, update)
