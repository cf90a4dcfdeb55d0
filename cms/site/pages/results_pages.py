"""The public results page, its papers (standard, easy read, a poster for each audience), and its preview."""

import hashlib
from threading import BoundedSemaphore, Lock

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from cms.site.news.news_listing import FOR_WHOM
from cms.site.pages.consultation_outcomes import outcomes_of_consultations
from cms.site.pages.decision_cards import build_consultation_cards, titles_in
from consultation.access import staff_view
from consultation.channels.paper import form_pdf
from consultation.channels.short_links.qr_codes import render_inline_qr_svg
from consultation.file_output.file_responses import send_file
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable
from consultation.receipts.heard_back.views import build_poll_context
from consultation.respondent_pages.error_pages import build_error_page
from consultation.respondent_pages.public_context import build_public_context, render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.surveys.models import ConsultationPage
from insights.polls.public_figures import build_poll_figure
from insights.publications.heard_back_figures import heard_back_picture_of
from insights.publications.models import Results
from insights.publications.results_page import build_results_page
from insights.publishing.lifecycle import PUBLISH_PERMISSION

STYLE = settings.BASE_DIR / "consultation" / "static" / "voice" / "results-paper.css"
PAPER_KINDS = ("standard", "easy")
POSTER = "poster"  # and "poster-<audience>"
MOST_ON_POSTER = 3  # themes
_pdf_cache: dict[tuple, tuple] = {}  # in memory only, so that no disk keeps withdrawn texts
_pdf_lock = Lock()  # rendering takes a second: one at a time
# One request is rendered and one waits in a process; others are told to come back, so that surveys keep their threads.
_pdf_places = BoundedSemaphore(2)
MOST_CACHED_PDFS = 480  # kinds and languages of ten consultations: asking for all in turn renders each once


def _get_source_page(slug):
    live = ConsultationPage.objects.live().sources().defer("body")
    return get_object_or_404(live.select_related("locale"), slug=slug)


def list_published_results():
    """[(source page, newest results)] of every live consultation."""
    newest = {}
    for edition in Results.objects.published().select_related("release__codebook_version").order_by("number"):
        newest[edition.consultation_id] = edition
    sources = ConsultationPage.objects.live().defer("body").filter(pk__in=newest).order_by("pk")
    return [(source, newest[source.pk]) for source in sources]


def results_path(source, language):
    return f"/{language}/have-your-say/{source.slug}/results/"


def build_results_context(source, results, language, *, preview=False):
    """Template context; with `results=None` the page says that nothing is published yet, and until when."""
    title, title_in_english = titles_in([source], language)[source.pk]
    shown = build_results_page(results, language, preview=preview) if results else None
    cards = build_consultation_cards(source, language)
    untranslated = shown is not None and not shown.translated
    return {
        "source": source,
        "title": title,
        "title_in_english": title_in_english,
        "closed": source.state.closed_on,
        "shown": shown,
        "release": results.release if results else None,
        "others": [(audience, FOR_WHOM[audience], text) for audience, text in shown.others] if shown else [],
        "cards": cards,
        "themes": [_list_replies(theme, cards) for theme in shown.themes] if shown else [],
        "some_english": language != settings.LANGUAGE_CODE
        and (untranslated or any(card["partly_english"] for card in cards)),
        "became": outcomes_of_consultations([source], language).get(source.pk),
        "heard": build_poll_figure(heard_back_picture_of(source)),
    }


def _list_replies(theme, cards):
    """(theme, the decisions that answer it, those that read it and went another way)."""
    replies = [card for card in cards if theme.id in card["answers"]]
    return theme, replies, [card for card in cards if theme.id in card["against"] and card not in replies]


@respondent_view
@require_safe
def show_results(request, slug):
    source, language = _get_source_page(slug), get_language()
    context = build_results_context(source, Results.objects.newest_of(source), language)
    became = context["became"]
    context |= {"poll": build_poll_context(source) if became and became.has_reportable_outcome else None}
    return render_public_page(request, "cms/site/pages/results.html", context)


@respondent_view
@require_safe
def show_results_pdf(request, slug, kind):
    source, language = _get_source_page(slug), get_language()
    found = Results.objects.newest_of(source)
    if found is None:
        raise Http404
    context = build_results_context(source, found, language) | build_public_context(request)
    if kind in PAPER_KINDS:
        html = render_to_string("cms/site/pages/results_paper.html", context | {"easy": kind == "easy"})
    else:
        html = _render_poster(context, kind, settings.SITE_URL.rstrip("/") + results_path(source, language))
    try:
        made = _render_cached_pdf(html, (source.pk, language, kind))
    except TooManyPdfs:
        return build_error_page(request, body="error.broken", status=503)
    except PdfUnavailable:
        return build_error_page(request, body="paper.gone", status=503)
    return send_file(made, "have-your-say.pdf", "application/pdf", inline=True)


def _render_poster(context, kind, address):
    """One page: what people said, or what it means for the poster's audience, and the way to all of it."""
    said = {f"{POSTER}-{audience}": (key, text) for audience, key, text in context["others"]} | {POSTER: ("", None)}
    if kind not in said:
        raise Http404
    who, text = said[kind]
    poster = {
        "who": who,
        "text": text,
        "themes": context["shown"].themes[:MOST_ON_POSTER],
        "square": render_inline_qr_svg(address),
        "spoken": address.partition("://")[2].rstrip("/"),
    }
    return render_to_string("cms/site/pages/results_poster.html", context | poster)


class TooManyPdfs(Exception):
    """This process renders one, and another waits."""


def _render_cached_pdf(html, key):
    """PDF bytes, from the cache if the HTML is unchanged. The HTML is built for every request, so no process serves
    withdrawn texts. Raises TooManyPdfs.
    """
    digest = hashlib.sha256(html.encode()).digest()
    kept = _pdf_cache.get(key)
    if kept is None or kept[0] != digest:
        if not _pdf_places.acquire(blocking=False):
            raise TooManyPdfs
        try:
            kept = _render_and_keep_pdf(html, digest, key)
        finally:
            _pdf_places.release()
    return kept[1]


def _render_and_keep_pdf(html, digest, key):
    with _pdf_lock:
        kept = _pdf_cache.pop(key, None)
        if kept is None or kept[0] != digest:
            kept = digest, form_pdf.render_uncached_pdf(html, STYLE.read_text(encoding="utf-8"))
        _pdf_cache[key] = kept
        while len(_pdf_cache) > MOST_CACHED_PDFS:
            del _pdf_cache[next(iter(_pdf_cache))]  # the oldest
    return kept


@staff_view(PUBLISH_PERMISSION, method="GET")
def preview_results(request, pk, language):
    """The page before a second person publishes it, or before its translation is checked."""
    found = get_object_or_404(Results.objects.select_related("release__codebook_version"), pk=pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        context = build_results_context(found.consultation, found, language, preview=True)
        return render_public_page(request, "cms/site/pages/results.html", {**context, "draft": found})
