"""PDFs of reports: requested by a page, made by a worker, kept until their content changes."""

import hashlib
import logging
from importlib.metadata import version as installed
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from consultation.file_output.pdf import pdf_press
from insights.exports.pdf import release_report_paper
from insights.exports.pdf.models import Paper, PaperKind
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Quote, Release
from insights.releases.partner_sharing import is_partner, sharing_mark
from insights.strategy.assessment import assessment_paper as assessment

MAKERS: dict[str, Any] = {PaperKind.REPORT: release_report_paper, PaperKind.ASSESSMENT: assessment}
logger = logging.getLogger("voice.errors")
BROKEN = "Something broke while it was drawn."
NO_PDF_LIBRARY = "This machine cannot make PDFs: the library that draws letters is missing."


def edition_for(user: Any) -> dict[str, Any]:
    """Quotes and sharing mark of the user's edition. Partners, and coders who may have to code a featured quote blind,
    get public quotes only; no blind sample holds one of those."""
    for_all = is_partner(user) or not Quote.objects.sees_all(user) or _codes_quotes_blind(user)
    return {"for_all": for_all, "mark": sharing_mark(user)}


def _codes_quotes_blind(user: Any) -> bool:
    featured = Quote.objects.filter(featured=True, erased=False)
    return (
        bool(user.has_perm("insights.code_themes"))
        and featured.exclude(pk__in=featured.seen_by(user).values("pk")).exists()
    )


@transaction.atomic
def request_paper(*, kind: str, subject: str, by: Any) -> Paper:
    """The paper of this user's edition, made or waiting. Requests it again where the kept PDF is out of date."""
    edition = {"kind": kind, "subject": subject, **edition_for(by)}
    digest = _digest_markup(_render_paper(**edition))
    paper, new = Paper.objects.get_or_create(**edition, defaults={"digest": digest})
    if paper.digest != digest:
        paper.digest, paper.content, paper.trouble, paper.wanted_on = digest, None, "", timezone.localdate()
        paper.save()
        new = True
    if new:
        transaction.on_commit(_enqueue_papers)
    return paper


def _enqueue_papers() -> None:
    from insights.exports.pdf.tasks import make_papers

    make_papers.enqueue()


def make_wanted_papers() -> int:
    """Sweep: make wanted papers. Deletes partners' copies and failures of earlier days."""
    Paper.objects.exclude(mark="", trouble="").filter(wanted_on__lt=timezone.localdate()).delete()
    return sum(_make_paper(paper) for paper in Paper.objects.wanted())


def _make_paper(paper: Paper) -> bool:
    """Make and store one PDF, unless its row is gone: erasing words meanwhile deletes the row."""
    same = Paper.objects.filter(pk=paper.pk, content=None)
    try:
        html = _render_paper(kind=paper.kind, subject=paper.subject, for_all=paper.for_all, mark=paper.mark)
    except Release.DoesNotExist:
        same.delete()
        return False
    try:
        made = pdf_press.print_html(html, pdf_press.STYLE.read_text(encoding="utf-8"))
    except pdf_press.PdfUnavailable:
        same.update(trouble=NO_PDF_LIBRARY)
        return False
    except Exception as error:  # one failure must not block the other papers
        logger.error("%s in a paper", type(error).__name__)
        same.update(trouble=BROKEN)
        return False
    return same.update(content=made, digest=_digest_markup(html)) == 1


def _render_paper(*, kind: str, subject: str, for_all: bool, mark: str) -> str:
    maker = MAKERS[kind]
    return render_to_string(maker.TEMPLATE, maker.context_of(subject, for_all=for_all, mark=mark))


def _digest_markup(html: str) -> str:
    style = pdf_press.STYLE.read_text(encoding="utf-8")
    return hashlib.sha256("\0".join((installed("weasyprint"), pdf_press.VARIANT, html, style)).encode()).hexdigest()[
        :40
    ]


def forget_papers(*, text: Any) -> None:
    """Delete every paper that may hold a text's words or a summary of them. Runs in the transaction that deletes the
    text, before its quotes are erased."""
    held = Quote.objects.filter(source_text=text).values_list("release_id", flat=True)
    summed_up = MinorityVoice.objects.filter(rests_on=text).values_list("release_id", flat=True)
    releases = {str(pk) for pk in (*held, *summed_up)}
    Paper.objects.filter(kind=PaperKind.REPORT, subject__in=releases).delete()
    if held:
        Paper.objects.filter(kind=PaperKind.ASSESSMENT).delete()
