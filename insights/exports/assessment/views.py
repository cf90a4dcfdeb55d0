"""Pages of the strategic assessment, one a quarter, and its PDF."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from insights.exports.assessment.gathering import assessment_of, known_quarters
from insights.exports.pdf.actions import ask_for, edition_for
from insights.exports.pdf.models import PaperKind
from insights.exports.pdf.views import deliver_paper
from insights.exports.views import exporting, for_planners
from insights.reports.quarters import Quarter


def _known(slug):
    """(quarter, known quarters). Raises Http404 for one before the first release or in the future."""
    quarter, known = Quarter.named(slug), known_quarters(timezone.localdate())
    if quarter not in known:
        raise Http404
    return quarter, known


@for_planners
@require_safe
def newest(request):
    return redirect("insights:assessment-of", known_quarters(timezone.localdate())[0].slug)


@for_planners
@require_safe
def of_quarter(request, quarter):
    found, known = _known(quarter)
    context = {
        "section": "assessment",
        "quarter": found,
        "quarters": known,
        "running": found.last >= timezone.localdate(),
        **assessment_of(found, for_all=edition_for(request.user)["for_all"]),
    }
    return render(request, "insights/exports/assessment/page.html", context)


@exporting
def as_pdf(request, quarter):
    found, _ = _known(quarter)
    paper = ask_for(kind=PaperKind.ASSESSMENT, subject=found.slug, by=request.user)
    back, title = reverse("insights:assessment-of", args=[found.slug]), f"Strategic assessment, {found}"
    name = f"strategic-assessment-{found.slug}.pdf"
    return deliver_paper(request, paper, name, None, back, title=title, assessment=found.slug)
