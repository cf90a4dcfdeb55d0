"""Initial text of the information pages, from the interface texts; officers edit the pages afterwards."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from consultation.interface_text import get_text, get_text_html
from consultation.interface_text.written_dates import write_out_day

COMPLAINTS_SERVICE = "www.equalityadvisoryservice.com"


@dataclass(frozen=True)
class InformationSeed:
    """Initial content of one page; title, intro and parts are keys of interface texts."""

    slug: str
    title: str
    intro: str
    parts: tuple  # of keys, or of (heading key, key, ...)


SEEDS = (
    InformationSeed(
        "safer",
        "safer.title",
        "foot.history",
        ("safer.history", "safer.steps", "safer.back", "safer.window", "safer.watched", "safer.keys", "safer.calls"),
    ),
    InformationSeed(
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
    InformationSeed(
        "privacy-adults",
        "info.adults",
        "start.unknown.body",
        ("start.readers.body", "start.duty.body", "start.hours.body", "privacy.day", "privacy.small"),
    ),
    InformationSeed("accessibility", "access.title", "access.aim", ("access.gaps", "access.tell", "access.complain")),
    InformationSeed("about", "info.about", "home.intro", ("start.device.body", "start.choice.body", "start.names")),
)


def build_seed_fields(seed):
    """The page's fields in the active language."""
    intro = get_text(seed.intro, district=settings.DISTRICT) if seed.intro == "home.intro" else get_text(seed.intro)
    return {"title": get_text(seed.title), "intro": intro, "body": _build_body(seed.parts)}


def build_english_fields(seed):
    """The English page's fields: the full text of texts.yaml, or else interface texts."""
    written = _load_texts().get(seed.slug, {})
    today = write_out_day(timezone.localdate())
    values = {"district": settings.DISTRICT, "partnership": settings.PARTNERSHIP, "today": today}
    return build_seed_fields(seed) | {name: format_html(text, **values) for name, text in written.items()}


@cache
def _load_texts():
    return yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8"))


def _build_body(parts):
    if isinstance(parts[0], tuple):
        return format_html_join(
            "", "<h2>{}</h2>{}", ((get_text(part[0]), _build_paragraphs(part[1:])) for part in parts)
        )
    return _build_paragraphs(parts)


def _build_paragraphs(keys):
    values = {"access.gaps": {"gaps": get_text("access.known")}, "access.complain": {"web": COMPLAINTS_SERVICE}}
    return format_html_join("", "<p>{}</p>", ((get_text_html(key, **values.get(key, {})),) for key in keys))
