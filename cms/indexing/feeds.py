"""Public Atom feeds: news, open consultations, results, decisions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.indexing.addresses import absolute
from cms.news.listing import own
from cms.pages.results import published_results, results_path, titles_in
from consultation.questionnaires.listing import listing
from consultation.respondents.live import is_live
from consultation.words import word
from insights.decisions.models import Decision
from insights.results.showing import page_of

MOST = 30


@dataclass(frozen=True)
class Item:
    title: str
    words: str
    path: str
    day: date


def _news(language: str) -> Iterator[Item]:
    for page in own(language)[:MOST]:
        yield Item(page.title, page.summary, page.url, page.day)


def _open(language: str) -> Iterator[Item]:
    shown = listing(language)
    for card in shown.open[:MOST]:
        yield Item(card.page.title, card.page.summary, card.page.url, card.source.opens or shown.today)


def _decided(language: str) -> Iterator[Item]:
    for decision in Decision.objects.published().order_by("-published_on", "title")[:MOST]:
        path = f"/{language}/you-said-we-did/{decision.slug}/"
        yield Item(decision.said("title", language), decision.said("we_did", language), path, decision.published_on)


def _results(language: str) -> Iterator[Item]:
    shown = sorted(published_results(), key=lambda pair: pair[1].published_on, reverse=True)
    titles = titles_in([source for source, _ in shown[:MOST]], language)
    for source, results in shown[:MOST]:
        words = page_of(results, language).heard.text
        yield Item(titles[source.pk][0], words, results_path(source, language), results.published_on)


FEEDS: dict[str, tuple[str, str, Callable[[str], Iterator[Item]]]] = {
    "news": ("nav.news", "news/", _news),
    "open": ("home.now", "have-your-say/", _open),
    "results": ("results.title", "have-your-say/", _results),
    "decided": ("nav.did", "you-said-we-did/", _decided),
}


@require_safe
def feed(request, name):
    """404 until the site is live, because feed readers keep what they fetched."""
    if name not in FEEDS or not is_live():
        raise Http404
    key, place, items = FEEDS[name]
    language = get_language()
    made = Atom1Feed(
        title=f"{word(key)} - {word('nav.say')}",
        link=absolute(f"/{language}/{place}"),
        description="",
        language=language,
        feed_url=absolute(request.path),
    )
    for item in items(language):
        made.add_item(
            item.title, absolute(item.path), item.words, unique_id=absolute(item.path), updateddate=_noon(item.day)
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _noon(day: date) -> datetime:
    """Noon UTC: only days are published, never hours."""
    return datetime.combine(day, time(12), tzinfo=UTC)
