"""Access formats of a survey: other languages, easy read, audio, pictures and British Sign Language.

Each is in the document or fetched on demand, so that a change of format loses no answer.
"""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.questionnaires.kept_files import url
from consultation.questionnaires.pictograms import template
from consultation.words import LANGUAGES


class Elsewhere(NamedTuple):
    """A link to the survey in another language. `words`: the address that the script fetches the text from."""

    language: object
    address: str
    words: str


def answer_path(slug, language):
    with override(language):
        return reverse("answering:survey", kwargs={"slug": slug})


def languages_of(content, action):
    """The survey's list of languages; [] in a preview, which has no address."""
    if not action.startswith("/"):
        return []
    rest = action.partition("/")[2].partition("/")[2]
    offered = [language for language in LANGUAGES if language.code in content["languages"]]
    return [
        Elsewhere(language, f"/{language.code}/{rest}", answer_path(content["slug"], language.code))
        for language in offered
    ]


def voices_of(item, language, source):
    """{"audio": URL, "bsl": {...}}: a question's recording in this language and its signed video, if they exist."""
    found = {}
    if audio := (item.get("audio") or {}).get(language):
        found["audio"] = url(audio)
    if (signed := item.get("bsl")) and signed.get("src"):
        found["bsl"] = {name: url(signed[name]) for name in ("src", "poster", "captions") if signed.get(name)}
        found["bsl"]["language"] = source
    return found


def with_picture(text, thing):
    """A text after its decorative picture, which only the easy-read format shows."""
    drawn = _picture(thing.get("picture"))
    return format_html('<span class="ez">{}</span>{}', drawn, text) if drawn else text


def _picture(picture):
    if not picture:
        return ""
    if isinstance(picture, str):
        found = template(picture)
        return mark_safe(render_to_string(found).strip()) if found else ""
    lazy = '<img class="pic" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">'
    return format_html(lazy, url(picture["src"]), picture["width"], picture["height"])
