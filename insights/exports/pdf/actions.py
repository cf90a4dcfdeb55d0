"""Papers of reports, as PDF or DOCX: requested by a page, made by a worker, kept until their content changes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from insights.exports.pdf.models import Paper, PaperForm, PaperKind
from insights.exports.pdf.paper_making import digest_markup, render_paper
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Quote
from insights.releases.partner_sharing import sharing_mark
from insights.releases.quote_selection import sees_public_quotes_only
from insights.releases.withheld_releases import list_withheld


def edition_for(user: Any) -> dict[str, Any]:
    """Quotes and sharing mark of the user's edition."""
    return {"for_all": sees_public_quotes_only(user), "mark": sharing_mark(user)}


@transaction.atomic
def request_paper(*, kind: str, subject: str, by: Any, form: str = PaperForm.PDF) -> Paper:
    """The paper of this user's edition, made or waiting. Requests it again where the kept file is out of date."""
    edition = {"kind": kind, "subject": subject, **edition_for(by)}
    digest, withheld = digest_markup(render_paper(**edition), form), sorted(list_withheld())
    fresh = {"digest": digest, "withheld": withheld}
    paper, _ = Paper.objects.get_or_create(**edition, form=form, defaults=fresh)
    if paper.digest != digest:
        paper.digest, paper.content, paper.trouble, paper.wanted_on = digest, None, "", timezone.localdate()
        paper.withheld = withheld
        paper.save()
    return paper


def forget_papers(*, text: Any) -> None:
    """Delete every paper that may hold a text's words or a summary of them. Runs in the transaction that deletes the
    text, before its quotes are erased."""
    held = Quote.objects.filter(source_text=text).values_list("release_id", flat=True)
    summed_up = MinorityVoice.objects.filter(rests_on=text).values_list("release_id", flat=True)
    releases = {str(pk) for pk in (*held, *summed_up)}
    Paper.objects.filter(kind=PaperKind.REPORT, subject__in=releases).delete()
    if held:
        Paper.objects.filter(kind=PaperKind.ASSESSMENT).delete()
