"""The public download of a paper form from the landing page, where officers offer it."""

from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultation.channels.paper import form_pdf
from consultation.channels.paper.paper_sheet import SHEET_KINDS
from consultation.file_output.file_responses import send_file
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable
from consultation.respondent_pages.error_pages import build_error_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.models import PublishedVersion


@respondent_view
@require_safe
def download_public_paper_form(request, slug, kind):
    version, language = PublishedVersion.objects.for_slug(slug), get_language()
    if version is None or kind not in SHEET_KINDS or language not in version.content["languages"]:
        raise Http404
    if not version.page.offers_paper_form or not version.page.is_open():
        raise Http404
    try:
        made = form_pdf.render_paper_form_pdf(version, language, kind)
    except PdfUnavailable:
        return build_error_page(request, body="paper.gone", status=503)
    return send_file(made, form_pdf.paper_form_file_name(version, language, kind), "application/pdf", inline=True)
