"""What the figures of first reads provide for the strategy."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.domain.calendar_quarters import Quarter
from consultation.reading.response_times.models import FirstReadTally
from consultation.strategy_provisions import Proof, provides_for


@provides_for(
    "lead-front-door",
    "read-in-time",
    "The quarter’s share of answers read in time",
    start="figures:figures",
    may_start="consultation.see_triage",
)
def find_counted_quarters() -> Iterator[Proof]:
    quarters = FirstReadTally.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()
    for first in quarters:
        row = FirstReadTally.objects.filter(quarter=first).order_by("pk")[0]
        yield Proof(row, f"Answers of {Quarter.of(first)}", reverse("insights:board"))
