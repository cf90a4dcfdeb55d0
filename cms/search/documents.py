"""Documents of the public search: pages, decisions, results, help entries, standards. Never a respondent's text."""

from collections.abc import Iterator

from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Page

from cms.indexing.addresses import without_their_source
from cms.pages.models import HomePage
from cms.pages.results import published_results, results_path, titles_in
from cms.search.index import Document
from cms.standards.table import standards
from consultation.safeguarding.models import HelpEntry
from consultation.safeguarding.needs import NEEDS
from consultation.words import word
from insights.decisions.models import Decision
from insights.results.showing import page_of

FIELDS = ("summary", "intro")
MORE = ("summary_easy", "can_change", "cannot_change", "can_change_easy", "themes", "easy")


def documents(language: str) -> Iterator[Document]:
    with override(language):
        yield from _help(language)
        yield from _pages(language)
        yield from _decisions(language)
        yield from _results(language)
        yield from _standards(language)


def _pages(language: str) -> Iterator[Document]:
    hidden = without_their_source()
    pages = Page.objects.live().public().filter(locale__language_code=language, depth__gte=2)
    for page in pages.not_type(HomePage).specific():
        if page.pk in hidden or not page.url:
            continue
        said = next((text for name in FIELDS if (text := getattr(page, name, ""))), "")
        more = " ".join(strip_tags(str(getattr(page, name, ""))) for name in MORE)
        yield Document(page.url, page.title, said or _body(page)[:200], language, f"{more} {_body(page)}")


def _body(page: Page) -> str:
    """Plain text of a rich text body, or of a stream's text and picture blocks; survey blocks are left out."""
    body = getattr(page, "body", "")
    if isinstance(body, str):
        return strip_tags(body.replace("<", " <"))
    kinds = {"words": lambda value: strip_tags(value.source.replace("<", " <")), "picture": lambda value: value["alt"]}
    return " ".join(kinds[block.block_type](block.value) for block in body if block.block_type in kinds)


def _decisions(language: str) -> Iterator[Document]:
    for decision in Decision.objects.published():
        own = language if language == "en" or decision.words_in(language) else "en"
        said = {name: decision.said(name, language) for name in ("title", "we_asked", "you_said", "we_did", "reason")}
        path = f"/{language}/you-said-we-did/{decision.slug}/"
        yield Document(path, said["title"], said["we_did"], own, " ".join(said.values()))


def _results(language: str) -> Iterator[Document]:
    published = published_results()
    titles = titles_in([source for source, _ in published], language)
    for source, results in published:
        shown = page_of(results, language)
        title, in_english = titles[source.pk]
        more = " ".join(theme.label.text for theme in shown.themes if theme.people)
        own = "en" if in_english else language
        yield Document(
            results_path(source, language), f"{word('results.title')}: {title}", shown.heard.text, own, more
        )


def _help(language: str) -> Iterator[Document]:
    yield Document(f"/{language}/help/", word("help.title"), word("help.counts"), language, word("help.danger"))
    for entry in HelpEntry.objects.all():
        needs = " ".join(word(f"need.{need}") for need in entry.needs if need in NEEDS)
        title, words = entry.name, entry.for_whom
        yield Document(f"/{language}/help/#{entry.slug}", title, words, "en", f"{needs} {entry.call} {entry.web}")


def _standards(language: str) -> Iterator[Document]:
    path = f"/{language}/hear-by-right/"
    more = " ".join(f"{one.title} {each.title}" for one in standards() for each in one.indicators)
    yield Document(path, word("hear.title"), word("hear.intro"), language, more)
