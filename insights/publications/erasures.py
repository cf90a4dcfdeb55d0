"""Retention of published results: kept for good, with the review dates of releases and decisions."""

from insights.decisions.erasures import PublishedRecords
from insights.publications.models import Results


class PublishedResults(PublishedRecords):
    slug = "results"
    removes = "Nothing by itself. Whoever looks may publish a next edition, or take back a quote."
    keeps = "Each edition as it could be read, why the day of an answer was moved, and how many heard back, rounded."
    kinds = ((Results, ("consultation",)),)
