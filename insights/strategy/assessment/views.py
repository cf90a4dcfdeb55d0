"""Pages of the strategic assessment, one a quarter."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from consultation.access import staff_view
from consultation.domain.calendar_quarters import Quarter
from insights.access import VIEW_REPORTS
from insights.releases.quote_selection import sees_public_quotes_only
from insights.strategy.assessment.quarter_assessment import build_assessment, known_quarters


def get_known_quarter(slug):
    """(quarter, known quarters). Raises Http404 for one before the first release or in the future."""
    quarter, known = Quarter.named(slug), known_quarters(timezone.localdate())
    if quarter not in known:
        raise Http404
    return quarter, known


@staff_view(VIEW_REPORTS, method="GET")
def redirect_to_newest_assessment(request):
    return redirect("insights:assessment-of", known_quarters(timezone.localdate())[0].slug)


@staff_view(VIEW_REPORTS, method="GET")
def show_assessment(request, quarter):
    found, known = get_known_quarter(quarter)
    context = {
        "section": "assessment",
        "quarter": found,
        "quarters": known,
        "running": found.last >= timezone.localdate(),
        **build_assessment(found, for_all=sees_public_quotes_only(request.user)),
    }
    return render(request, "insights/strategy/assessment/page.html", context)
