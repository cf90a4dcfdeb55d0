"""Types of places that people named: no name, and no type of fewer than ten people."""

from datetime import date
from typing import Any

from consultation.domain.calendar_quarters import Quarter
from consultation.domain.place_types import PLACE_TYPES
from insights.quarter_counts.models import QuarterCounts, QuarterSubject


def find_named_places() -> dict[str, Any]:
    """{named: [(type, people as shown)], most first; named_until: last day counted, or None}"""
    frozen = QuarterCounts.objects.filter(subject=QuarterSubject.PLACES).first()
    until: date | None = Quarter.of(frozen.quarter).last if frozen else None
    figures = frozen.figures if frozen else {}
    shown = [(PLACE_TYPES[key], cell["value"]) for key, cell in figures.items() if cell["value"]]
    return {"named": sorted(shown, key=lambda row: -row[1]), "named_until": until}
