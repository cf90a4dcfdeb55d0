"""The public download of a paper form from the landing page, where officers offer it."""

from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultation.answering.paper import press
from consultation.answering.paper.sheet import KINDS
from consultation.answering.paper.views import pdf
from consultation.questionnaires.models import PublishedVersion
from consultation.respondents.errors import quiet_page
from consultation.respondents.origin import respondent_view


@respondent_view
@require_safe
def paper_form(request, slug, kind):
    version, language = PublishedVersion.objects.for_slug(slug), get_language()
    if (
        version is None
        or not _is_offered(version.page)
        or kind not in KINDS
        or language not in version.content["languages"]
    ):
        raise Http404
    try:
        made = press.form_pdf(version, language, kind)
    except press.NoPress:
        return quiet_page(request, title="error.title", body="paper.gone", status=503)
    return pdf(made, press.file_name(version, language, kind))


def _is_offered(page):
    """Never for a code-only consultation: a printed form would bypass the codes."""
    return page.paper_offered and not page.code_only and page.is_open()
