"""Staff pages of promotion: per channel and language a short link, QR code, posters and cards, and texts to copy."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.channels.paper.press import build_pdf_response
from consultation.channels.promotion import poster_pdfs, promotion_texts
from consultation.channels.promotion.title_neutrality import may_show_title
from consultation.channels.short_links import actions
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.channels.web.staff_consultations import (
    languages_of_consultation,
    newest_content_of,
    published_consultations,
)
from consultation.file_output.pdf.pdf_press import PdfUnavailable
from consultation.interface_text import get_language_coverage, text_direction

PDF_KINDS_BY_CHANNEL = {
    Outlet.POSTER: ((poster_pdfs.POSTER_A4, "Poster, A4"), (poster_pdfs.POSTER_A3, "Poster, A3")),
    Outlet.TABLE_CARD: ((poster_pdfs.CARDS, "Four cards on A4"),),
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
    if kind not in poster_pdfs.PAPER_SIZES:
        raise Http404
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name)
    try:
        made = poster_pdfs.render_poster_pdf(link, kind, titled=request.GET.get("title") == "yes")
    except PdfUnavailable:
        context = {
            "back": reverse("promotion:consultation", args=[link.page_id]),
            "instead": "Print the page of the link with your browser instead.",
        }
        return render(request, "consultation/channels/no_press.html", context, status=503)
    return build_pdf_response(made, poster_pdfs.poster_file_name(link, kind))
