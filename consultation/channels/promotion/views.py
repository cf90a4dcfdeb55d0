"""Staff pages of promotion: per channel and language a short link, QR code, posters and cards, and texts to copy."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from consultation.access import staff_view
from consultation.branding.current_branding import get_branding
from consultation.channels.paper import form_pdf
from consultation.channels.promotion import promotion_texts
from consultation.channels.promotion.title_neutrality import may_show_title
from consultation.channels.short_links import actions, qr_codes
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.channels.web.staff_consultations import (
    languages_of_consultation,
    newest_content_of,
    published_consultations,
)
from consultation.file_output.file_responses import send_file
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable
from consultation.interface_text import get_language_coverage, get_text, text_direction
from consultation.interface_text.own_translations import say_partnership_name
from consultation.surveys.questionnaire_schema import localised_text

STYLE = Path(__file__).resolve().parent.parent.parent / "static" / "voice" / "poster.css"
POSTER_A4, POSTER_A3, CARDS = "poster-a4", "poster-a3", "cards"
# Of no subject: two people talking. A decoration, so a background, which a screen reader leaves out.
PICTURE = ".picture{background-image:url(pictogram:talk)}"
PAPER_SIZES = {POSTER_A4: "A4", POSTER_A3: "A3", CARDS: "A4"}


def render_poster_pdf(link, kind, *, titled=False):
    """The bytes of the PDF. Raises PdfUnavailable without the PDF libraries."""
    return form_pdf.render_cached_pdf(*render_poster_html(link, kind, titled=titled))


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
                "letters": " ".join(link.name), "partnership": say_partnership_name(), "rows": range(2), "columns": range(2),
                "logo": look.logo,
            },
        )  # fmt: skip
    style = STYLE.read_text(encoding="utf-8").replace("PAPER", PAPER_SIZES[kind])
    return html, look.print_style + style + PICTURE


PDF_KINDS_BY_CHANNEL = {
    Outlet.POSTER: ((POSTER_A4, "Poster, A4"), (POSTER_A3, "Poster, A3")),
    Outlet.TABLE_CARD: ((CARDS, "Four cards on A4"),),
}


def describe_channels(page):
    channels = {link.channel for link in page.printed_links.all() if not link.off} - {Outlet.OTHER}
    return f"Links for {len(channels)} channels" if channels else "No link yet"


@staff_view("consultation.edit_consultation")
def show_promotion_page(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    languages = languages_of_consultation(page)
    asked = request.POST.get("language") or request.GET.get("language")
    language = asked if asked in dict(languages) else languages[0][0]
    channels = [
        channel for channel in promotion_texts.promotion_channels_for(page.audience) if channel != Outlet.OTHER
    ]
    if request.method == "POST":
        made = actions.make_links_for_channels(page=page, channels=channels, language=language, by=request.user)
        messages.success(request, f"{len(made)} links are made." if made else "Each channel has its link already.")
        return redirect(f"{reverse('promotion:consultation', args=[page.pk])}?language={language}")
    links = page.printed_links.filter(language=language, off=False).order_by("-label", "-name")
    found = {link.channel: link for link in links}  # the first one of each may be in print already
    context = {
        "page": page, "language": language, "languages": languages, "direction": text_direction(language),
        "ways": [_build_channel_context(channel, found.get(channel), page) for channel in channels],
        "some_missing": set(channels) - set(found),
        "may_be_named": may_show_title(newest_content_of(page)), "unchecked": get_language_coverage(language).awaits_check,
    }  # fmt: skip
    return render(request, "consultation/channels/promotion/consultation.html", context)


def _build_channel_context(channel, link, page):
    return {
        "channel": channel, "name": channel.label, "link": link, "sheets": PDF_KINDS_BY_CHANNEL.get(channel, ()),
        "text": promotion_texts.build_promotion_text(link, page) if link else "",
        "card": promotion_texts.build_website_card(link, page) if link and channel == Outlet.WEBSITE else "",
    }  # fmt: skip


@staff_view("consultation.edit_consultation", method="GET")
def download_poster(request, name, kind):
    """A poster or cards as PDF; `?title=yes` asks for the title."""
    if kind not in PAPER_SIZES:
        raise Http404
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name)
    try:
        made = render_poster_pdf(link, kind, titled=request.GET.get("title") == "yes")
    except PdfUnavailable:
        context = {
            "back": reverse("promotion:consultation", args=[link.page_id]),
            "instead": "Download the QR code instead, and put it into a poster of your own.",
        }
        return render(request, "consultation/channels/no_press.html", context, status=503)
    # A name without the topic: a list of downloads is visible to others.
    return send_file(made, f"have-your-say-{link.name}-{kind}.pdf", "application/pdf", inline=True)
