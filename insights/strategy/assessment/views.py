"""Pages of the strategic assessment, one a quarter, and its PDF."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.access import staff_view
from insights.access import VIEW_REPORTS, planner_view
from insights.exports.pdf.actions import edition_for, request_paper
from insights.exports.pdf.models import PaperKind
from insights.exports.pdf.views import deliver_paper
from insights.releases.calendar_quarters import Quarter
from insights.strategy.assessment.quarter_assessment import build_assessment, known_quarters


def _get_known_quarter(slug):
    """(quarter, known quarters). Raises Http404 for one before the first release or in the future."""
    quarter, known = Quarter.named(slug), known_quarters(timezone.localdate())
    if quarter not in known:
        raise Http404
    return quarter, known


@planner_view
@require_safe
def redirect_to_newest_assessment(request):
    return redirect("insights:assessment-of", known_quarters(timezone.localdate())[0].slug)


@planner_view
@require_safe
def show_assessment(request, quarter):
    found, known = _get_known_quarter(quarter)
    context = {
        "section": "assessment",
        "quarter": found,
        "quarters": known,
        "running": found.last >= timezone.localdate(),
        **build_assessment(found, for_all=edition_for(request.user)["for_all"]),
    }
    return render(request, "insights/strategy/assessment/page.html", context)


@staff_view(VIEW_REPORTS, "insights.export")
@require_safe
def download_assessment_pdf(request, quarter):
    found, _ = _get_known_quarter(quarter)
    paper = request_paper(kind=PaperKind.ASSESSMENT, subject=found.slug, by=request.user)
    back, title = reverse("insights:assessment-of", args=[found.slug]), f"Strategic assessment, {found}"
    name = f"strategic-assessment-{found.slug}.pdf"
    return deliver_paper(request, paper, name, None, back, title=title, assessment=found.slug)
