"""The ways to read a survey: in another language, in easy words, in clear print, by ear, by picture or in sign language.

Every one of them is in the document itself or fetched on demand, so that none costs an answer.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from consultation.words import LANGUAGES

SWITCHES = ("easy", "letters")


class Elsewhere(NamedTuple):
    """The survey in one language: the address of this page in it, and where its words are fetched from."""

    language: object
    address: str
    words: str


def switches_in(data):
    """Which switches a form or an address has on. They travel with the form and are stored nowhere."""
    return tuple(name for name in SWITCHES if data.get(name))


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
        found["audio"] = media(audio)
    if (signed := item.get("bsl")) and signed.get("src"):
        found["bsl"] = {name: media(signed[name]) for name in ("src", "poster", "captions") if signed.get(name)}
        found["bsl"]["language"] = source
    return found


def picture_of(thing):
    """What draws the picture beside the easy words of a question or an option; None when it has none."""
    picture = thing.get("picture")
    if not picture:
        return None
    if isinstance(picture, str):
        return {"template": f"components/pics/{picture}.html"}
    return {"src": media(picture["src"]), "width": picture["width"], "height": picture["height"]}


def media(src):
    return f"{settings.MEDIA_URL}{src}"
