"""What counts of named places provide for the strategy: types alone, from ten people."""

from collections.abc import Iterator

from django.urls import reverse

from consultation.domain.calendar_quarters import Quarter
from consultation.strategy_provisions import Proof, provides_for
from insights.quarter_counts.models import QuarterCounts, QuarterSubject


@provides_for(
    "understand-locations",
    "types-of-places",
    "Types of named places are counted of a year, from ten people, for leads",
    seen_with="consultation.see_triage",
)
def find_counted_places() -> Iterator[Proof]:
    for counts in QuarterCounts.objects.filter(subject=QuarterSubject.PLACES):
        if any(cell["value"] for cell in counts.figures.values()):
            until = Quarter.of(counts.quarter).last
            yield Proof(counts, f"The year to {until:%-d %B %Y}", f"{reverse('insights:places')}#named")
