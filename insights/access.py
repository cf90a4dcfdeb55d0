"""Who may open a page of the planners."""

from typing import Any

from django.http import Http404

from consultation import handover
from consultation.access import View, staff_view

VIEW_REPORTS = "insights.view_reports"


def planner_view(view: View) -> View:
    """Decorator of a page that everyone who reads reports may open. Other pages: `staff_view("insights....")`."""
    return staff_view(VIEW_REPORTS)(view)


def require_consultation(slug: str) -> Any:
    """The published consultation at this address, or 404."""
    found = handover.find_consultation(slug)
    if found is None:
        raise Http404
    return found
