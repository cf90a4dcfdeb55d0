"""Retention of published results: kept for good, with the review dates of releases and decisions."""

from collections.abc import Iterator

from django.utils import timezone

from consultation.audit.erasure import Group, Kept
from insights.decisions.erasures import Published, next_look
from insights.results.models import Results


class PublishedResults(Kept):
    slug = "results"
    line, keep = Published.line, Published.keep
    removes = "Nothing by itself. Whoever looks may publish a next edition, or take back a quote."
    keeps = "Each edition as it could be read, why the day of an answer was moved, and how many heard back, rounded."
    why = Published.why

    def groups(self) -> Iterator[Group]:
        today = timezone.localdate()
        for edition in Results.objects.published().select_related("consultation").order_by("published_on", "pk"):
            yield Group(str(edition), next_look(edition.published_on, today), 1, edition)
