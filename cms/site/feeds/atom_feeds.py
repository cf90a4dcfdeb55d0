"""Public Atom feeds: news, open consultations, results, decisions."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.site.feeds.public_addresses import absolute_url
from cms.site.news.models import NewsPage
from cms.site.pages.decision_cards import titles_in
from cms.site.pages.results_pages import list_published_results, results_path
from consultation.interface_text import get_text
from consultation.respondent_pages.live_status import is_site_live
from consultation.surveys.consultation_listing import list_consultations
from consultation.surveys.models import ConsultationPage
from insights.decisions.models import Decision
from insights.publications.results_page import build_results_page

MOST_ENTRIES = 30


type FeedEntry = tuple[str, str, str, date]  # title, words, path, day


def _list_news_entries(language: str) -> Iterator[FeedEntry]:
    for page in NewsPage.objects.in_language(language)[:MOST_ENTRIES]:
        yield page.title, page.summary, page.url, page.day


def _list_open_entries(language: str) -> Iterator[FeedEntry]:
    shown = list_consultations(ConsultationPage.objects.live(), language)
    for card in shown.open[:MOST_ENTRIES]:
        yield card.page.title, card.page.summary, card.page.url, card.source.opens or shown.today


def _list_decision_entries(language: str) -> Iterator[FeedEntry]:
    for decision in Decision.objects.published().order_by("-published_on", "title")[:MOST_ENTRIES]:
        path = f"/{language}/you-said-we-did/{decision.slug}/"
        yield decision.said("title", language), decision.said("we_did", language), path, decision.published_on


def _list_results_entries(language: str) -> Iterator[FeedEntry]:
    shown = sorted(list_published_results(), key=lambda pair: pair[1].published_on, reverse=True)
    titles = titles_in([source for source, _ in shown[:MOST_ENTRIES]], language)
    for source, results in shown[:MOST_ENTRIES]:
        words = build_results_page(results, language).heard.text
        yield titles[source.pk][0], words, results_path(source, language), results.published_on


FEEDS: dict[str, tuple[str, str, Callable[[str], Iterator[FeedEntry]]]] = {
    "news": ("nav.news", "news/", _list_news_entries),
    "open": ("home.now", "have-your-say/", _list_open_entries),
    "results": ("results.title", "have-your-say/", _list_results_entries),
    "decided": ("nav.did", "you-said-we-did/", _list_decision_entries),
}


@require_safe
def show_feed(request, name):
    """404 until the site is live, because feed readers keep what they fetched."""
    if name not in FEEDS or not is_site_live():
        raise Http404
    key, place, items = FEEDS[name]
    language = get_language()
    made = Atom1Feed(
        title=f"{get_text(key)} - {get_text('nav.say')}",
        link=absolute_url(f"/{language}/{place}"),
        description="",
        language=language,
        feed_url=absolute_url(request.path),
    )
    for title, words, path, day in items(language):
        noon = datetime.combine(day, time(12), tzinfo=UTC)  # only days are published, never hours
        made.add_item(title, absolute_url(path), words, unique_id=absolute_url(path), updateddate=noon)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
