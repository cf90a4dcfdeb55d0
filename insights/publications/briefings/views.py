"""The staff briefing of a published result: a page, and one sheet to print. It holds what everyone can read already, and
no other figure."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from consultation.access import staff_view
from consultation.file_output.pdf import pdf_press
from consultation.file_output.spreadsheets import deliver_file
from insights.access import VIEW_REPORTS, planner_view, require_consultation
from insights.publications.briefings.briefing import build_briefing
from insights.publications.models import Results

PAPER = "insights/publications/briefings/sheet.html"
NO_PDF_LIBRARY = "This machine cannot make a PDF: Pango is missing. Print the page instead."


def _build_context(slug):
    """Of the edition that everyone sees; 404 where none is published."""
    page = require_consultation(slug)
    results = Results.objects.newest_of(page)
    if results is None:
        raise Http404
    return {"section": "consultations", "consultation": page, "results": results, **build_briefing(results)}


@planner_view
@require_safe
def show_briefing(request, slug):
    return render(request, "insights/publications/briefings/page.html", _build_context(slug))


@staff_view(VIEW_REPORTS, "insights.export")
@require_safe
def download_briefing(request, slug):
    context = _build_context(slug)
    try:
        made = pdf_press.render_pdf(PAPER, context)
    except pdf_press.PdfUnavailable:
        messages.error(request, NO_PDF_LIBRARY)
        return redirect("insights:briefing", slug)
    release = context["results"].release
    return deliver_file(
        by=request.user,
        kind="a staff briefing",
        name=f"briefing-{slug}.pdf",
        content_type="application/pdf",
        write=lambda file: 0 * file.write(made),
        obj=release,
        form="pdf",
        rules=release.rules,
    )
