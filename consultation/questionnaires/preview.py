"""The preview in the editor is the survey itself, drawn from the draft by what draws it for everyone.

Answering lies above this capability, so it is handed in when the app is ready (see ConsultationConfig).
"""

from django.http import HttpResponse

from consultation.questionnaires.content import build_content
from consultation.questionnaires.keys import Keys

render_survey = None


def draft_content(page):
    """The content that publishing this draft would freeze, in its own language and the source's."""
    source = page.source
    if source.pk is None or source.pk == page.pk:
        source = page
    translations = {} if source is page else {page.locale.language_code: page}
    earlier = source.versions.order_by("number") if source.pk else ()
    return build_content(source, translations, Keys(version.content for version in earlier))


def survey_preview(page):
    language = page.locale.language_code
    html = render_survey(draft_content(page), language, token="", action="", preview=True)  # noqa: S106
    return HttpResponse(html)
