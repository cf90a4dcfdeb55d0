"""Staff pages of promotion: per channel and language a short link, QR code, posters and cards, and texts to copy."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultation.answering.links import actions
from consultation.answering.links.models import Outlet, PrintedLink
from consultation.answering.outreach import sheets, texts
from consultation.answering.outreach.neutral import may_be_named
from consultation.answering.paper import press
from consultation.answering.staff import asked_consultations, languages_asked, officers
from consultation.words import direction, words_for

PRINTED = {
    Outlet.POSTER: ((sheets.POSTER_A4, "Poster, A4"), (sheets.POSTER_A3, "Poster, A3")),
    Outlet.TABLE_CARD: ((sheets.CARDS, "Four cards on A4"),),
}


@officers
@require_safe
def consultations(request):
    pages = asked_consultations().prefetch_related("printed_links")
    rows = [{"page": page, "says": _says(page)} for page in pages]
    return render(request, "consultation/answering/outreach/list.html", {"rows": rows})


def _says(page):
    channels = {link.channel for link in page.printed_links.all() if not link.off} - {Outlet.OTHER}
    return f"Links for {len(channels)} channels" if channels else "No link yet"


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    languages = languages_asked(page)
    language = _chosen(request, languages)
    channels = [channel for channel in texts.channels_for(page.audience) if channel != Outlet.OTHER]
    if request.method == "POST":
        made = actions.make_each(page=page, channels=channels, language=language, by=request.user)
        messages.success(request, f"{len(made)} links are made." if made else "Each channel has its link already.")
        return redirect(f"{reverse('get-it-out:consultation', args=[page.pk])}?language={language}")
    found = _links(page, language)
    context = {
        "page": page, "language": language, "languages": languages, "direction": direction(language),
        "ways": [_way(channel, found.get(channel), page) for channel in channels],
        "some_missing": set(channels) - set(found),
        "may_be_named": may_be_named(_content(page)), "unchecked": words_for(language).awaits_check,
    }  # fmt: skip
    return render(request, "consultation/answering/outreach/consultation.html", context)


def _chosen(request, languages):
    asked = request.POST.get("language") or request.GET.get("language")
    return asked if asked in dict(languages) else languages[0][0]


def _content(page):
    return page.versions.order_by("-number").values_list("content", flat=True).first()


def _links(page, language):
    """{channel: its first active link}: the first one may be in print already."""
    links = page.printed_links.filter(language=language, off=False).order_by("-label", "-name")
    return {link.channel: link for link in links}


def _way(channel, link, page):
    return {
        "channel": channel, "name": channel.label, "link": link, "sheets": PRINTED.get(channel, ()),
        "text": texts.text(link, page) if link else "",
        "card": texts.card(link, page) if link and channel == Outlet.WEBSITE else "",
    }  # fmt: skip


@officers
@require_safe
def sheet(request, name, kind):
    """A poster or cards as PDF; `?title=yes` asks for the title."""
    if kind not in sheets.SIZES:
        raise Http404
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name)
    try:
        made = sheets.sheet_pdf(link, kind, titled=request.GET.get("title") == "yes")
    except press.NoPress:
        context = {"back": reverse("get-it-out:consultation", args=[link.page_id])}
        return render(request, "consultation/answering/outreach/no_press.html", context, status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sheets.file_name(link, kind)}"'
    return answer
