"""What figures of first reads and of response times provide for the strategy."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from consultation.domain.calendar_quarters import Quarter
from consultation.reading.response_times.models import FirstReadTally
from consultation.reading.response_times.policies import may_see_figures
from consultation.safeguarding.models import CaseNote, Priority, TriageCase
from consultation.strategy_provisions import Proof, provides_for


@provides_for(
    "lead-front-door",
    "read-in-time",
    "The quarter’s share of answers read in time",
    start="figures",
    may_start=may_see_figures,
)
def find_counted_quarters() -> Iterator[Proof]:
    rows = {row.quarter: row for row in FirstReadTally.objects.order_by("-quarter", "pk")}
    for quarter, row in rows.items():
        yield Proof(row, f"Answers of {Quarter.of(quarter)}", reverse("insights:board"))


@provides_for(
    "lead-quality-assurance",
    "response-times",
    "Response times by priority",
    start="figures",
    may_start=may_see_figures,
    seen_with=may_see_figures,
)
def find_response_times() -> Iterator[Proof]:
    """The newest item of each priority whose words a lead saw, without its name; no concern about staff (D7)."""
    seen = TriageCase.objects.filter(agency=None, notes__kind=CaseNote.Kind.SEEN).order_by("-opened_at")
    for priority, label in Priority.choices:
        if case := seen.filter(priority=priority).first():
            quarter = Quarter.of(timezone.localdate(case.opened_at))
            url = f"{reverse('figures')}?quarter={quarter.slug}"
            yield Proof(case, f"{label}: {quarter}", url)
