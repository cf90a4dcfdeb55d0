"""The staff briefing of a published result: a page, and one sheet to print. It holds what everyone can read already, and
no other figure."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from consultation.access import staff_view
from consultation.file_output.pdf.pdf_delivery import deliver_pdf
from insights.access import VIEW_REPORTS, require_consultation
from insights.publications.briefings.briefing import build_briefing
from insights.publications.models import Results

PAPER = "insights/publications/briefings/sheet.html"


def _build_context(slug):
    """Of the edition that everyone sees; 404 where none is published."""
    page = require_consultation(slug)
    results = Results.objects.newest_of(page)
    if results is None:
        raise Http404
    public = f"{settings.SITE_URL.rstrip('/')}/{settings.LANGUAGE_CODE}/have-your-say/{page.slug}/results/"
    context = {"section": "consultations", "consultation": page, "results": results, "public": public}
    return context | build_briefing(results)


@staff_view(VIEW_REPORTS, method="GET")
def show_briefing(request, slug):
    return render(request, "insights/publications/briefings/page.html", _build_context(slug))


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_briefing(request, slug):
    context = _build_context(slug)
    release = context["results"].release
    return deliver_pdf(
        request,
        PAPER,
        context,
        back=reverse("insights:briefing", args=[slug]),
        kind="a staff briefing",
        name=f"briefing-{slug}",
        obj=release,
        rules=release.rules,
    )
