"""Documents of the public search, and the index of each language. Never a respondent's text.

Pages, decisions, results, help entries, standards.
"""

import time
from collections.abc import Iterator

from django.utils.translation import override
from wagtail.models import Page

from cms.site.feeds.public_addresses import translations_without_live_source
from cms.site.hear_by_right.listening_standards import list_standards
from cms.site.pages.decision_cards import titles_in
from cms.site.pages.models import HomePage
from cms.site.pages.results_pages import list_published_results, results_path
from cms.site.search.search_index import SearchDocument, SearchIndex
from consultation.domain.process_cache import register_cache
from consultation.interface_text import get_text
from consultation.markup import strip_markup
from consultation.safeguarding.help.directory import HelpEntryCard, select_shown_entries
from consultation.safeguarding.help.entry_words import find_translation
from consultation.safeguarding.help.needs import NEEDS
from insights.decisions.models import Decision
from insights.publications.results_page import build_results_page

KEEP_SECONDS = 120  # until the index of a language is built again
SUMMARY_FIELDS = ("summary", "intro")
EXTRA_FIELDS = ("summary_easy", "can_change", "cannot_change", "can_change_easy", "themes", "easy")


def iterate_documents(language: str) -> Iterator[SearchDocument]:
    with override(language):
        yield from _iterate_help_entries(language)
        yield from _iterate_pages(language)
        yield from _iterate_decisions(language)
        yield from _iterate_results(language)
        yield from _iterate_standards(language)


def _iterate_pages(language: str) -> Iterator[SearchDocument]:
    hidden = translations_without_live_source()
    pages = Page.objects.live().public().filter(locale__language_code=language, depth__gte=2)
    for page in pages.not_type(HomePage).specific():
        if page.pk in hidden or not page.url:
            continue
        said = next((text for name in SUMMARY_FIELDS if (text := getattr(page, name, ""))), "")
        more = " ".join(strip_markup(str(getattr(page, name, ""))) for name in EXTRA_FIELDS)
        yield SearchDocument(
            page.url,
            page.title,
            said or _extract_body_text(page)[:200],
            language,
            f"{more} {_extract_body_text(page)}",
        )


def _extract_body_text(page: Page) -> str:
    """Plain text of a rich text body, or of a stream's text and picture blocks; survey blocks are left out."""
    body = getattr(page, "body", "")
    if isinstance(body, str):
        return strip_markup(body.replace("<", " <"))
    kinds = {
        "words": lambda value: strip_markup(value.source.replace("<", " <")),
        "picture": lambda value: value["alt"],
    }
    return " ".join(kinds[block.block_type](block.value) for block in body if block.block_type in kinds)


def _iterate_decisions(language: str) -> Iterator[SearchDocument]:
    for decision in Decision.objects.published():
        own = language if language == "en" or decision.words_in(language) else "en"
        said = {name: decision.said(name, language) for name in ("title", "we_asked", "you_said", "we_did", "reason")}
        path = f"/{language}/you-said-we-did/{decision.slug}/"
        yield SearchDocument(path, said["title"], said["we_did"], own, " ".join(said.values()))


def _iterate_results(language: str) -> Iterator[SearchDocument]:
    published = list_published_results()
    titles = titles_in([source for source, _ in published], language)
    for source, results in published:
        shown = build_results_page(results, language)
        title, in_english = titles[source.pk]
        more = " ".join(theme.label.text for theme in shown.themes)
        own = "en" if in_english else language
        yield SearchDocument(
            results_path(source, language), f"{get_text('results.title')}: {title}", shown.heard.text, own, more
        )


def _iterate_help_entries(language: str) -> Iterator[SearchDocument]:
    yield SearchDocument(
        f"/{language}/help/", get_text("help.title"), get_text("help.counts"), language, get_text("help.danger")
    )
    for entry in select_shown_entries():
        needs = " ".join(get_text(f"need.{need}") for need in entry.needs if need in NEEDS)
        more = f"{needs} {find_translation(entry.for_whom)} {entry.call} {entry.web}"
        path = f"/{language}/help/#{HelpEntryCard(entry).anchor}"
        yield SearchDocument(path, entry.name, entry.for_whom, "en", more)


def _iterate_standards(language: str) -> Iterator[SearchDocument]:
    path = f"/{language}/hear-by-right/"
    more = " ".join(f"{one.title} {each.title}" for one in list_standards() for each in one.indicators)
    yield SearchDocument(path, get_text("hear.title"), get_text("hear.intro"), language, more)


_index_cache: dict[str, tuple[float, SearchIndex]] = {}


def get_search_index(language: str) -> SearchIndex:
    """Rebuilt after KEEP_SECONDS."""
    until, index = _index_cache.get(language, (0.0, None))
    if index is None or time.monotonic() >= until:
        index = SearchIndex(iterate_documents(language))
        _index_cache[language] = time.monotonic() + KEEP_SECONDS, index
    return index


@register_cache
def clear_search_indexes() -> None:
    _index_cache.clear()
