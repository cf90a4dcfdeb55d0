"""Retention of published outcomes: kept for good, reviewed as often as decisions."""

from insights.decisions.erasures import PublishedRecords
from insights.decisions.outcomes.models import OutcomeUpdate


class PublishedOutcomes(PublishedRecords):
    slug = "outcomes"
    removes = "Nothing by itself. Whoever looks may write the next update."
    keeps = "Each update as it could be read, the figures that it cites, and how many replied to a poll, rounded."
    kinds = ((OutcomeUpdate, ("decision",)),)
