"""The kinds of places that people named, for planners and leads: no name, and no kind of fewer than ten people."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultation.domain.calendar_quarters import Quarter
from consultation.domain.place_types import PLACE_TYPES
from insights.access import planner_view
from insights.quarter_counts.models import QuarterCounts, QuarterSubject


@planner_view
@require_safe
def show_named_places(request):
    frozen = QuarterCounts.objects.filter(subject=QuarterSubject.PLACES).first()
    labels = PLACE_TYPES
    shown = [(labels[key], cell["value"]) for key, cell in (frozen.figures if frozen else {}).items() if cell["value"]]
    context = {
        "section": "places",
        "until": Quarter.of(frozen.quarter).last if frozen else None,
        "rows": sorted(shown, key=lambda row: -row[1]),
    }
    return render(request, "insights/quarter_counts/named_places.html", context)
