"""Downloads a paper, or shows a waiting page that reloads itself until it is made."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultation.audit.sheets import deliver_made
from insights.exports.pdf.actions import ask_for
from insights.exports.pdf.models import PaperKind
from insights.exports.views import exporting, name_of
from insights.reports.actions import note_partner
from insights.reports.models import Release

PDF = "application/pdf"
AGAIN = 3  # seconds until the waiting page reloads


@exporting
def report(request, pk):
    release = get_object_or_404(Release.objects.published().select_related("consultation"), pk=pk)
    note_partner(release=release, by=request.user)
    paper = ask_for(kind=PaperKind.REPORT, subject=str(pk), by=request.user)
    back = reverse("insights:report", args=[pk])
    return deliver_paper(request, paper, f"{name_of(release)}.pdf", release, back, title=release.consultation.title)


def deliver_paper(request, paper, name, obj, back, *, title, **data):
    if not paper.is_made:
        context = {"section": "consultations", "paper": paper, "back": back, "subject": title}
        response = render(request, "insights/exports/pdf/waiting.html", context)
        if not paper.trouble:
            response["Refresh"] = str(AGAIN)
        return response
    content = bytes(paper.content)
    return deliver_made(
        by=request.user,
        kind="a report as a paper",
        name=name,
        content_type=PDF,
        write=lambda file: 0 * file.write(content),
        obj=obj,
        form="pdf",
        **data,
    )
