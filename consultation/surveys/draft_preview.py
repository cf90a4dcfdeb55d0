"""The editor's preview renders the draft with the public survey, which the web channel answers by a signal."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Locale

from consultation.domain.signal_values import collect_return_values
from consultation.interface_text import LANGUAGES, text_direction
from consultation.surveys.frozen_files import build_file_url
from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.signals import preview_asked
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content

VOICES = {"survey": "The survey", "easy": "The survey, easy read", "aloud": "What is read out"}
LANDING = ("landing", "The page before it")
NAMES = {language.code: language.name for language in LANGUAGES}


def list_preview_modes(page):
    """[(mode, label)]: each format in the page's own language, then in its translations' (such as "ur.easy")."""
    own = [*VOICES.items(), LANDING]
    if not page.pk or page.is_translation:
        return own
    languages = page.get_translations().values_list("locale__language_code", flat=True)
    return own + [
        (f"{code}.{voice}", f"{label}, in {NAMES.get(code, code)}")
        for code in languages.order_by("locale__language_code")
        for voice, label in VOICES.items()
    ]


def build_draft_content(page, language=None):
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
    return build_version_content(source, translations, QuestionnaireKeys(version.content for version in earlier))


def render_preview(page, mode):
    """Render one of the preview modes but the landing page. Without an action and a token, nothing can be sent."""
    language, _, voice = mode.rpartition(".")
    language = language or page.locale.language_code
    content = build_draft_content(page, language)
    if voice == "aloud":
        context = _build_speech_context(content, language)
        return HttpResponse(render_to_string("consultation/surveys/editor/aloud.html", context))
    easy = ("easy",) if voice == "easy" else ()
    return HttpResponse(collect_return_values(preview_asked, content=content, language=language, switches=easy))


def _build_speech_context(content, language):
    """The spoken text of each question in reading order, and its recording if any."""
    source = content["source"]

    def heard(item):
        parts = [item["text"], item["hint"], *(option["text"] for option in (*item["rows"], *item["options"]))]
        audio = (item.get("audio") or {}).get(language)
        return {
            "said": [text for text in (localised_text(part, language, source) for part in parts) if text],
            "audio": audio and build_file_url(audio),
        }

    return {
        "language": language,
        "direction": text_direction(language),
        "title": localised_text(content["title"], language, source),
        "items": [heard(item) for item in content["items"]],
    }
