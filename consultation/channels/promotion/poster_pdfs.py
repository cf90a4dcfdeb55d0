"""Posters and table cards as tagged PDF, in the language of their printed link."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from consultation.branding.current_branding import get_branding
from consultation.channels.paper import press
from consultation.channels.promotion.title_neutrality import may_show_title
from consultation.channels.short_links import qr_codes
from consultation.channels.web.staff_consultations import newest_content_of
from consultation.interface_text import get_text, text_direction
from consultation.surveys.questionnaire_schema import localised_text

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "voice" / "poster.css"
POSTER_A4, POSTER_A3, CARDS = "poster-a4", "poster-a3", "cards"
# Of no subject: two people talking. A decoration, so a background, which a screen reader leaves out.
PICTURE = ".picture{background-image:url(pictogram:talk)}"
PAPER_SIZES = {POSTER_A4: "A4", POSTER_A3: "A3", CARDS: "A4"}


def poster_file_name(link, kind):
    """A name without the topic: a download list is visible to others."""
    return f"have-your-say-{link.name}-{kind}.pdf"


def render_poster_pdf(link, kind, *, titled=False):
    """The bytes of the PDF. Raises PdfUnavailable without the PDF libraries."""
    return press.render_cached_pdf(*render_poster_html(link, kind, titled=titled))


def render_poster_html(link, kind, *, titled=False):
    """(markup, style), with the title only when `titled` and `may_show_title`."""
    content, look = newest_content_of(link.page), get_branding()
    with override(link.language):
        named = titled and content and may_show_title(content)
        title = localised_text(content["title"], link.language, content["source"]) if named else ""
        html = render_to_string(
            f"consultation/channels/promotion/{'cards' if kind == CARDS else 'poster'}.html",
            {
                "link": link, "page": link.page, "kind": kind, "language": link.language,
                "direction": text_direction(link.language), "title": title or get_text("card.title"), "named": bool(title),
                "until": link.page.state.can_answer_until, "square": qr_codes.render_inline_qr_svg(link.address),
                "letters": " ".join(link.name), "partnership": settings.PARTNERSHIP, "rows": range(2), "columns": range(2),
                "logo": look.logo,
            },
        )  # fmt: skip
    style = STYLE.read_text(encoding="utf-8").replace("PAPER", PAPER_SIZES[kind])
    return html, look.print_style + style + PICTURE
