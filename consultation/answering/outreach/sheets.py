"""Posters and table cards as tagged PDF, in the language of their printed link."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultation.answering.links import squares
from consultation.answering.outreach.neutral import may_be_named
from consultation.answering.paper import press
from consultation.questionnaires.schema import said
from consultation.words import direction, word

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "voice" / "poster.css"
POSTER_A4, POSTER_A3, CARDS = "poster-a4", "poster-a3", "cards"
SIZES = {POSTER_A4: "A4", POSTER_A3: "A3", CARDS: "A4"}


def file_name(link, kind):
    """A name without the topic: a download list is visible to others."""
    return f"have-your-say-{link.name}-{kind}.pdf"


def sheet_pdf(link, kind, *, titled=False):
    """The bytes of the PDF. Raises press.NoPress without the PDF libraries."""
    return press.kept_pdf(*sheet_html(link, kind, titled=titled))


def sheet_html(link, kind, *, titled=False):
    """(markup, style), with the title only when `titled` and `may_be_named`."""
    content = link.page.versions.order_by("-number").values_list("content", flat=True).first()
    with override(link.language):
        named = titled and content and may_be_named(content)
        title = said(content["title"], link.language, content["source"]) if named else ""
        html = render_to_string(
            f"consultation/answering/outreach/{'cards' if kind == CARDS else 'poster'}.html",
            {
                "link": link, "page": link.page, "kind": kind, "language": link.language,
                "direction": direction(link.language), "title": title or word("card.title"), "named": bool(title),
                "square": mark_safe(squares.svg(link, inline=True).decode()),  # noqa: S308  (segno's own markup)
                "letters": " ".join(link.name), "partnership": settings.PARTNERSHIP, "rows": range(2), "columns": range(2),
            },
        )  # fmt: skip
    return html, STYLE.read_text(encoding="utf-8").replace("PAPER", SIZES[kind])
