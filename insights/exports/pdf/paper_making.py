"""Makes the papers that pages requested: one template and one context for each kind, printed as PDF or written as DOCX."""

import hashlib
import logging
from importlib.metadata import version as installed
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from consultation.domain.failure_trace import trace_without_values
from consultation.file_output.pdf import pdf_renderer
from consultation.file_output.word.docx_writer import write_docx
from insights.exports.pdf import assessment_paper, release_report_paper
from insights.exports.pdf.models import Paper, PaperForm, PaperKind
from insights.releases.models import Release
from insights.releases.withheld_releases import withhold_releases

MAKERS: dict[str, Any] = {PaperKind.REPORT: release_report_paper, PaperKind.ASSESSMENT: assessment_paper}
logger = logging.getLogger("voice.errors")
BROKEN = "Something broke while it was drawn."
NO_PDF_LIBRARY = "This machine cannot make PDFs: the library that draws letters is missing."


def make_wanted_papers() -> int:
    """Sweep: make wanted papers. Deletes partners' copies and failures of earlier days."""
    Paper.objects.exclude(mark="", trouble="").filter(wanted_on__lt=timezone.localdate()).delete()
    return sum(_make_paper(paper) for paper in Paper.objects.wanted())


def _make_paper(paper: Paper) -> bool:
    """Make and store one file, unless its row is gone: erasing words meanwhile deletes the row."""
    same = Paper.objects.filter(pk=paper.pk, content=None)
    try:
        with withhold_releases(paper.withheld):
            html = render_paper(kind=paper.kind, subject=paper.subject, for_all=paper.for_all, mark=paper.mark)
    except Release.DoesNotExist:
        same.delete()
        return False
    try:
        made = RENDERERS[paper.form](html)
    except pdf_renderer.PdfUnavailable:
        same.update(trouble=NO_PDF_LIBRARY)
        return False
    except Exception as error:  # one failure must not block the other papers
        logger.error("in a paper: %s", trace_without_values(error))
        same.update(trouble=BROKEN)
        return False
    return same.update(content=made, digest=digest_markup(html, paper.form)) == 1


def render_paper(*, kind: str, subject: str, for_all: bool, mark: str) -> str:
    maker = MAKERS[kind]
    return render_to_string(maker.TEMPLATE, maker.context_of(subject, for_all=for_all, mark=mark))


def _print_pdf(html: str) -> bytes:
    return pdf_renderer.print_html(html, pdf_renderer.STYLE.read_text(encoding="utf-8"))


RENDERERS: dict[str, Any] = {PaperForm.PDF: _print_pdf, PaperForm.DOCX: write_docx}


def digest_markup(html: str, form: str) -> str:
    """Of what the file is made of and by."""
    style = pdf_renderer.STYLE.read_text(encoding="utf-8")
    made_by = {
        PaperForm.PDF: (installed("weasyprint"), pdf_renderer.VARIANT, style),
        PaperForm.DOCX: (installed("python-docx"),),
    }[PaperForm(form)]
    return hashlib.sha256("\0".join((*made_by, html)).encode()).hexdigest()[:40]
