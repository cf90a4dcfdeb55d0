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
    rows = {row.quarter: row for row in FirstReadTally.objects.order_by("-quarter", "pk")}
    for quarter, row in rows.items():
        yield Proof(row, f"Answers of {Quarter.of(quarter)}", reverse("insights:board"))
