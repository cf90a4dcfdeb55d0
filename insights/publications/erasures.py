"""Retention of published results: kept for good, with the review dates of releases and decisions."""

from collections.abc import Iterator

from django.utils import timezone

from consultation.audit.erasure_types import ErasureGroup
from insights.decisions.erasures import PublishedRecords, next_review_date
from insights.publications.models import Results


class PublishedResults(PublishedRecords):
    slug = "results"
    removes = "Nothing by itself. Whoever looks may publish a next edition, or take back a quote."
    keeps = "Each edition as it could be read, why the day of an answer was moved, and how many heard back, rounded."

    def groups(self) -> Iterator[ErasureGroup]:
        today = timezone.localdate()
        for edition in Results.objects.published().select_related("consultation").order_by("published_on", "pk"):
            yield ErasureGroup(str(edition), next_review_date(edition.published_on, today), 1, edition)
