"""The editor's preview renders the draft with the public survey.

The web channel lies in a higher layer, so ConsultationConfig sets `render_survey` when the app is ready.
"""

from django.http import HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Locale

from consultation.questionnaires.content import build_content
from consultation.questionnaires.kept_files import url
from consultation.questionnaires.keys import Keys
from consultation.questionnaires.schema import said
from consultation.words import LANGUAGES, direction

render_survey = None


VOICES = {"survey": "The survey", "easy": "The survey, easy read", "aloud": "What is read out"}
LANDING = ("landing", "The page before it")
NAMES = {language.code: language.name for language in LANGUAGES}


def modes(page):
    """[(mode, label)]: each format in the page's own language, then in its translations' (such as "ur.easy")."""
    own = [*VOICES.items(), LANDING]
    others = [
        (f"{code}.{voice}", f"{label}, in {NAMES.get(code, code)}")
        for code in _translated_into(page)
        for voice, label in VOICES.items()
    ]
    return own + others


def _translated_into(page):
    if not page.pk or page.is_translation:
        return []
    return list(
        page.get_translations().order_by("locale__language_code").values_list("locale__language_code", flat=True)
    )


def draft_content(page, language=None):
    """The content that publishing this draft would freeze, in the source language and the page's or a given one."""
    source = page.source
    if source.pk is None or source.pk == page.pk:
        source = page
    own = page.locale.language_code
    if language and language != own:
        translated = page.get_translation(Locale.objects.get(language_code=language))
        translations = {language: translated.get_latest_revision_as_object()}
    else:
        translations = {} if source is page else {own: page}
    earlier = source.versions.order_by("number") if source.pk else ()
    return build_content(source, translations, Keys(version.content for version in earlier))


def preview_of(page, mode):
    """Render one of the preview modes but the landing page. Without an action and a token, nothing can be sent."""
    language, _, voice = mode.rpartition(".")
    language = language or page.locale.language_code
    content = draft_content(page, language)
    if voice == "aloud":
        return HttpResponse(
            render_to_string("consultation/questionnaires/building/aloud.html", _aloud(content, language))
        )
    easy = ("easy",) if voice == "easy" else ()
    html = render_survey(content, language, token="", action="", preview=True, switches=easy)  # noqa: S106
    return HttpResponse(html)


def _aloud(content, language):
    """The spoken text of each question in reading order, and its recording if any."""
    source = content["source"]

    def heard(item):
        parts = [item["text"], item["hint"], *(option["text"] for option in (*item["rows"], *item["options"]))]
        audio = (item.get("audio") or {}).get(language)
        return {
            "said": [text for text in (said(part, language, source) for part in parts) if text],
            "audio": audio and url(audio),
        }

    return {
        "language": language,
        "direction": direction(language),
        "title": said(content["title"], language, source),
        "items": [heard(item) for item in content["items"]],
    }
