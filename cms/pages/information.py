"""Initial text of the information pages, from the interface texts; officers edit the pages afterwards."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html_join

from consultation.words import word, word_html
from consultation.words.days import written_out

EASS = "www.equalityadvisoryservice.com"


@dataclass(frozen=True)
class Seed:
    """Initial content of one page; title, intro and parts are keys of interface texts."""

    slug: str
    title: str
    intro: str
    parts: tuple  # of keys, or of (heading key, key, ...)


SEEDS = (
    Seed(
        "safer",
        "safer.title",
        "foot.history",
        ("safer.history", "safer.steps", "safer.back", "safer.window", "safer.watched", "safer.keys", "safer.calls"),
    ),
    Seed(
        "privacy",
        "nav.privacy",
        "start.unknown.body",
        (
            ("start.device.title", "start.device.body", "privacy.day"),
            ("start.readers.title", "start.readers.body", "privacy.small"),
            ("start.duty.title", "start.duty.body"),
            ("start.hours.title", "start.hours.body"),
        ),
    ),
    Seed(
        "privacy-adults",
        "info.adults",
        "start.unknown.body",
        ("start.readers.body", "start.duty.body", "start.hours.body", "privacy.day", "privacy.small"),
    ),
    Seed("accessibility", "access.title", "access.aim", ("access.gaps", "access.tell", "access.complain")),
    Seed("about", "info.about", "home.intro", ("start.device.body", "start.choice.body", "start.names")),
)


def title(seed):
    return word(seed.title)


def fields(seed):
    """The page's fields in the active language."""
    intro = word(seed.intro, district=settings.DISTRICT) if seed.intro == "home.intro" else word(seed.intro)
    return {"title": title(seed), "intro": intro, "body": _body(seed.parts)}


def whole(seed):
    """The English page's fields: the full text of texts.yaml, or else interface texts."""
    written = _written().get(seed.slug, {})
    values = {
        "{district}": settings.DISTRICT,
        "{partnership}": settings.PARTNERSHIP,
        "{today}": written_out(timezone.localdate()),
    }
    return fields(seed) | {name: _filled(text, values) for name, text in written.items()}


def _filled(text, values):
    for name, value in values.items():
        text = text.replace(name, escape(value))
    return text


@cache
def _written():
    return yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))


def _body(parts):
    if isinstance(parts[0], tuple):
        return format_html_join("", "<h2>{}</h2>{}", ((word(part[0]), _paragraphs(part[1:])) for part in parts))
    return _paragraphs(parts)


def _paragraphs(keys):
    return format_html_join("", "<p>{}</p>", ((_said(key),) for key in keys))


def _said(key):
    """A text with its placeholders (known accessibility gaps, complaints service) filled in."""
    values = {"access.gaps": {"gaps": word("access.known")}, "access.complain": {"web": EASS}}.get(key, {})
    return word_html(key, **values)
