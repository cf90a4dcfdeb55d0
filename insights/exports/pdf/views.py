"""Downloads a paper, or shows a waiting page that reloads itself until it is made."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.file_output.spreadsheets import deliver_file
from consultation.file_output.word.docx_writer import DOCX_CONTENT_TYPE
from insights.access import VIEW_REPORTS
from insights.exports.pdf.actions import request_paper
from insights.exports.pdf.models import PaperForm, PaperKind
from insights.exports.views import export_file_name
from insights.releases.actions import record_partner_view
from insights.releases.models import Release
from insights.strategy.assessment.views import get_known_quarter

CONTENT_TYPES = {PaperForm.PDF: "application/pdf", PaperForm.DOCX: DOCX_CONTENT_TYPE}
AGAIN = 3  # seconds until the waiting page reloads


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_report(request, pk, form):
    release = get_object_or_404(Release.objects.published().select_related("consultation"), pk=pk)
    record_partner_view(release=release, by=request.user)
    paper = request_paper(kind=PaperKind.REPORT, subject=str(pk), by=request.user, form=form)
    back = reverse("insights:report", args=[pk])
    return deliver_paper(
        request, paper, f"{export_file_name(release)}.{form}", release, back, title=release.consultation.title
    )


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_assessment(request, quarter, form):
    found, _ = get_known_quarter(quarter)
    paper = request_paper(kind=PaperKind.ASSESSMENT, subject=found.slug, by=request.user, form=form)
    back, title = reverse("insights:assessment-of", args=[found.slug]), f"Strategic assessment, {found}"
    name = f"strategic-assessment-{found.slug}.{form}"
    return deliver_paper(request, paper, name, None, back, title=title, assessment=found.slug)


def deliver_paper(request, paper, name, obj, back, *, title, **data):
    if not paper.is_made:
        context = {"section": "consultations", "paper": paper, "back": back, "subject": title}
        response = render(request, "insights/exports/pdf/waiting.html", context)
        if not paper.trouble:
            response["Refresh"] = str(AGAIN)
        return response
    content = bytes(paper.content)
    return deliver_file(
        by=request.user,
        kind="a report as a paper",
        name=name,
        content_type=CONTENT_TYPES[PaperForm(paper.form)],
        write=lambda file: 0 * file.write(content),
        obj=obj,
        form=paper.form,
        **data,
    )
