"""Access formats of a survey: other languages, easy read, audio, pictures and British Sign Language.

Each is in the document or fetched on demand, so that a change of format loses no answer.
"""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.interface_text import LANGUAGES
from consultation.surveys.frozen_files import build_file_url
from consultation.surveys.pictograms import find_pictogram_template


class LanguageLink(NamedTuple):
    """A link to the survey in another language. `words`: the address that the script fetches the text from."""

    language: object
    address: str
    words: str


def survey_path(slug, language):
    with override(language):
        return reverse("answering:survey", kwargs={"slug": slug})


def list_language_links(content, action):
    """The survey's list of languages; [] in a preview, which has no address."""
    if not action.startswith("/"):
        return []
    rest = action.partition("/")[2].partition("/")[2]
    return [
        LanguageLink(language, f"/{language.code}/{rest}", survey_path(content["slug"], language.code))
        for language in LANGUAGES
        if language.code in content["languages"]
    ]


def audio_and_bsl_sources(item, language, source):
    """{"audio": URL, "bsl": {...}}: a question's recording in this language and its signed video, if they exist."""
    found = {}
    if audio := (item.get("audio") or {}).get(language):
        found["audio"] = build_file_url(audio)
    if (signed := item.get("bsl")) and signed.get("src"):
        found["bsl"] = {
            name: build_file_url(signed[name]) for name in ("src", "poster", "captions") if signed.get(name)
        }
        found["bsl"]["language"] = source
    return found


def prepend_picture(text, thing):
    """A text after its decorative picture, which only the easy-read format shows."""
    picture, drawn = thing.get("picture"), ""
    if picture and isinstance(picture, str):
        found = find_pictogram_template(picture)
        drawn = mark_safe(render_to_string(found).strip()) if found else ""
    elif picture:
        lazy = '<img class="pic" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">'
        drawn = format_html(lazy, build_file_url(picture["src"]), picture["width"], picture["height"])
    return format_html('<span class="ez">{}</span>{}', drawn, text) if drawn else text
