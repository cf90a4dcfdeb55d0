"""Who may open a page of the planners."""

from consultation.access import View, staff_view

VIEW_REPORTS = "insights.view_reports"


def planner_view(view: View) -> View:
    """Decorator of a page that everyone who reads reports may open. Other pages: `staff_view("insights....")`."""
    return staff_view(VIEW_REPORTS)(view)
