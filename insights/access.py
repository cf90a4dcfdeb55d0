"""Who may open a page of the planners, and the refusal of a verb."""

from django.core.exceptions import PermissionDenied

from consultation.access import View, staff_view

VIEW_REPORTS = "insights.view_reports"


def planner_view(view: View) -> View:
    """Decorator of a page that everyone who reads reports may open. Other pages: `staff_view("insights....")`."""
    return staff_view(VIEW_REPORTS)(view)


def require_allowed(allowed: bool) -> None:
    """Refuse a verb to a person who may not do it."""
    if not allowed:
        raise PermissionDenied("Your role cannot do this.")
