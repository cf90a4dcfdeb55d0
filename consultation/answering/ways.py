"""The ways to read a survey: in another language, in easy words, in clear print, by ear, by picture or in sign language.

Every one of them is in the document itself or fetched on demand, so that none costs an answer.
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
    """The survey in one language: the address of this page in it, and where its words are fetched from."""

    language: object
    address: str
    words: str


def answer_path(slug, language):
    with override(language):
        return reverse("answering:survey", kwargs={"slug": slug})


def languages_of(content, action):
    """Every language that the survey has, for its list of languages; nothing in a preview, which is not at an address."""
    if not action.startswith("/"):
        return []
    rest = action.partition("/")[2].partition("/")[2]
    offered = [language for language in LANGUAGES if language.code in content["languages"]]
    return [
        Elsewhere(language, f"/{language.code}/{rest}", answer_path(content["slug"], language.code))
        for language in offered
    ]


def voices_of(item, language, source):
    """A question by ear in this language, and in British Sign Language; {} when it has neither."""
    found = {}
    if audio := (item.get("audio") or {}).get(language):
        found["audio"] = url(audio)
    if (signed := item.get("bsl")) and signed.get("src"):
        found["bsl"] = {name: url(signed[name]) for name in ("src", "poster", "captions") if signed.get(name)}
        found["bsl"]["language"] = source
    return found


def with_picture(text, thing):
    """The words with their picture before them; it shows with the easy words alone, and says nothing that they do not."""
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
