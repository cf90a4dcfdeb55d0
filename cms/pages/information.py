"""The first words of the information pages, from the interface's table: officers take it from there."""

from dataclasses import dataclass

from django.utils.html import format_html_join

from consultation.words import word, word_html

EASS = "www.equalityadvisoryservice.com"


@dataclass(frozen=True)
class Seed:
    """A page by its slug (the footer links there), its title, the words that lead, and the parts of its body."""

    slug: str
    title: str
    intro: str
    parts: tuple  # of keys of words, or (heading, key, ...)


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
    Seed("accessibility", "access.title", "access.aim", ("access.gaps", "access.tell", "access.complain")),
)


def title(seed):
    return word(seed.title)


def fields(seed):
    """The fields of the page in the active language."""
    return {"title": title(seed), "intro": word(seed.intro), "body": _body(seed.parts)}


def _body(parts):
    if isinstance(parts[0], tuple):
        return format_html_join("", "<h2>{}</h2>{}", ((word(part[0]), _paragraphs(part[1:])) for part in parts))
    return _paragraphs(parts)


def _paragraphs(keys):
    return format_html_join("", "<p>{}</p>", ((_said(key),) for key in keys))


def _said(key):
    """The known gaps are ours to name; the service for complaints has a name of its own."""
    values = {"access.gaps": {"gaps": word("access.known")}, "access.complain": {"web": EASS}}.get(key, {})
    return word_html(key, **values)
