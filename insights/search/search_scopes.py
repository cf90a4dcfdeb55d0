"""Scopes of search by role. Coders search every cleared text; other readers of reports search the quotes that theme
pages of published releases show them. Suggested spellings come from words of the person's own scope alone.

For the others no result depends on texts that they do not see: no ranking by rare words, no counts; spelling suggestions
and similarity use their own scope alone. How many quotes there are to be found tells of nobody: a release draws that
number (`released_quotes`), and no number of results is told, since only workers could change it by cell keys.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from django.db.models import QuerySet

from consultation import handover
from consultation.access import require_permission
from insights.coding.blind_samples.models import SampledText
from insights.coding.confirmation.blind_texts import blind_texts
from insights.coding.models import Code, CodeSource, CodingStatus, ThemeEntry
from insights.coding.theme_hierarchy import list_sub_themes
from insights.corpus.models import Text
from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import list_newest_releases
from insights.search import index_queries, index_schema
from insights.search.index_queries import IndexMatches, RowConditions
from insights.search.search_terms import SearchTerm, fold_text, holds_terms, parse_terms, split_words

A_PAGE = 20
SOURCE_COLUMNS = ("release_id", "source_text_id")  # the same values: quotes of one text in one release
ALIKE = 200  # random texts among which the most similar are found
SAMPLE = 1500  # random texts
CLOSE = 0.72
LONGEST_CHANGE = 2


@dataclass(frozen=True)
class SearchPage:
    """One page of results. `number`: of this page; `more`: there are more than MOST; `found`: all, for coders alone."""

    rows: list[Any]
    number: int = 1
    has_next: bool = False
    more: bool = False
    found: int | None = None

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next


def _build_page(found: IndexMatches, rows: list[Any], number: int) -> SearchPage:
    return SearchPage(rows, number, number * A_PAGE < found.number, found.more)


# Coders


@dataclass(frozen=True)
class AnswerSearch:
    """The scope of a coder: cleared texts, narrowed by versions, question, language, theme, coded or not."""

    versions: tuple[int, ...] = ()
    question: str = ""
    language: str = ""
    theme: int | None = None
    coded: bool | None = None
    user: Any = None  # by theme this coder finds no text that they, or all, may have to code blind

    def build_conditions(self) -> RowConditions:
        columns: dict[str, list[Any]] = {
            "version_id": list(self.versions),
            "question": [self.question],
            "language": [self.language],
        }
        given = {name: values for name, values in columns.items() if any(value != "" for value in values)}
        return RowConditions(given, (*self._build_theme_condition(), *self._build_coded_condition()))

    def _build_theme_condition(self) -> Iterable[tuple[str, list[Any]]]:
        """The condition on a theme: a person's code where a person has coded, else a proposal (as
        `current_codes_by_theme`)."""
        if self.theme is not None:
            themes = [self.theme, *list_sub_themes(self.theme)]
            codes, done = Code._meta.db_table, CodingStatus._meta.db_table
            places = ", ".join(["%s"] * len(themes))
            yield (
                f"EXISTS (SELECT 1 FROM {codes} c WHERE c.text_id = row_.id AND c.theme_id IN ({places}) AND "  # noqa: S608
                f"(c.source = %s) = EXISTS (SELECT 1 FROM {done} s WHERE s.text_id = row_.id))",
                [*themes, CodeSource.PERSON.value],
            )
        if self.theme is not None and self.user is not None:
            for hidden in (SampledText.objects.blind_for(self.user), blind_texts().values("pk")):
                blind, given = hidden.query.sql_with_params()
                yield f"row_.id NOT IN ({blind})", list(given)

    def _build_coded_condition(self) -> Iterable[tuple[str, list[Any]]]:
        if self.coded is not None:
            no = "" if self.coded else "NOT "
            yield f"{no}EXISTS (SELECT 1 FROM {CodingStatus._meta.db_table} s WHERE s.text_id = row_.id)", []  # noqa: S608

    def texts(self) -> QuerySet[Text]:
        found = Text.objects.all()
        if self.versions:
            found = found.filter(version__in=self.versions)
        if self.question:
            found = found.filter(question=self.question)
        return found.filter(language=self.language) if self.language else found

    def find(self, terms: Iterable[SearchTerm], number: int = 1) -> SearchPage:
        """One page of results, best rank first."""
        offset = (number - 1) * A_PAGE
        found = index_queries.find_rows(
            index_schema.TEXTS, terms, self.build_conditions(), ranked=True, limit=A_PAGE, offset=offset
        )
        keys = [_parse_text_key(key) for key in found.keys]
        rows = Text.objects.select_related("status").in_bulk(keys)
        versions = handover.load_version_titles({row.version_id for row in rows.values()})
        for row in rows.values():
            row.version = versions[row.version_id]
        page = _build_page(found, [rows[key] for key in keys if key in rows], number)
        return replace(page, found=found.number)

    def find_texts_with_any(self, words: list[str]) -> list[tuple[Any, str]]:
        """[(key, text)] of texts with any of these words, in no order."""
        found = index_queries.find_rows(
            index_schema.TEXTS, _single_word_terms(words), self.build_conditions(), ranked=False, some=True, most=ALIKE
        )
        keys = [_parse_text_key(key) for key in found.keys]
        return list(Text.objects.filter(pk__in=keys).values_list("pk", "text"))

    def rows(self, keys: list[Any]) -> list[Text]:
        found = Text.objects.in_bulk(keys)
        return [found[key] for key in keys]

    def sample(self, size: int) -> list[str]:
        """Texts in the order of their random keys."""
        return list(self.texts().order_by("pk").values_list("text", flat=True)[:size])


def _parse_text_key(key: Any) -> Any:
    """A primary key as a UUID; SQLite returns its digits."""
    return Text._meta.pk.to_python(key)


def _single_word_terms(words: Iterable[str]) -> list[SearchTerm]:
    return [SearchTerm((word,)) for word in words]


# All who read reports


@dataclass(frozen=True)
class QuoteSearch:
    """The scope of a reader of reports: quotes that theme pages show this person, or for which one there stands, of
    given releases."""

    user: Any
    releases: tuple[int, ...]
    theme: int | None = None

    @classmethod
    def of(cls, user: Any, *, release: int | None = None, theme: int | None = None) -> "QuoteSearch":
        require_permission(user, "insights.view_reports")
        chosen = Release.objects.published().filter(pk=release) if release else list_newest_releases()
        return cls(user, tuple(one.pk for one in chosen), theme)

    def quotes(self) -> QuerySet[Quote]:
        found = Quote.objects.seen_by(self.user).filter(
            release__in=self.releases, release__status="published", erased=False
        )
        return found.filter(theme=self.theme) if self.theme else found

    def build_conditions(self) -> RowConditions:
        columns: dict[str, list[Any]] = {"release_id": list(self.releases)}
        if self.theme:
            columns["theme_id"] = [self.theme]
        unseen = (*self._without_blind_texts(), *self._without_waiting_mediated())
        return RowConditions(columns, (("row_.erased = %s", [False]), *unseen))

    def _without_blind_texts(self) -> Iterable[tuple[str, list[Any]]]:
        """The condition of Quote.objects.seen_by: without quotes of texts that this coder may have to code blind."""
        if self.user.has_perm("insights.code_themes"):
            blind, given = SampledText.objects.blind_for(self.user).query.sql_with_params()
            yield f"(row_.source_text_id IS NULL OR row_.source_text_id NOT IN ({blind}))", list(given)

    def _without_waiting_mediated(self) -> Iterable[tuple[str, list[Any]]]:
        """The condition of Quote.objects.seen_by: without mediated words that two people have not approved."""
        if not self.user.has_perm("insights.approve_quote"):
            approved = Quote.objects.mediated().for_the_public().order_by().values("pk")
            rows, given = approved.query.sql_with_params()
            yield f"(row_.audience NOT IN (%s, %s) OR row_.id IN ({rows}))", [*handover.MEDIATED.values(), *given]

    def _find_matches(
        self, terms: Iterable[SearchTerm], *, some: bool = False, most: int | None = None
    ) -> IndexMatches:
        """Query the index for people who see all quotes. For others, who see only approved quotes, compare those
        quotes here: the query does not touch unapproved ones, so its duration reveals nothing about them."""
        if Quote.objects.sees_all(self.user):
            where = self.build_conditions()
            return index_queries.find_rows(
                index_schema.QUOTES, terms, where, ranked=False, some=some, most=most, beside=SOURCE_COLUMNS
            )
        asked, each = tuple(terms), self.quotes().order_by("pk").values_list("pk", "text", *SOURCE_COLUMNS)
        held = [(key, beside) for key, text, *beside in each if holds_terms(text, asked, some=some)]
        most = most or index_queries.MOST
        keys, besides = [key for key, _ in held[:most]], [tuple(beside) for _, beside in held[:most]]
        return IndexMatches(keys, min(len(held), most), len(held) > most, besides)

    def find(self, terms: Iterable[SearchTerm], number: int = 1) -> SearchPage:
        """One page of results in random order, as on a theme's page. A text quoted under several themes is one
        result."""
        found = self._find_matches(terms)
        same: dict[Any, list[int]] = {}
        for key, (release, source) in zip(found.keys, found.beside, strict=True):
            same.setdefault((release, source or key), []).append(key)
        spoken = list(same.values())
        at = (number - 1) * A_PAGE
        page = _build_page(IndexMatches(found.keys, len(spoken), found.more), spoken[at : at + A_PAGE], number)
        return replace(page, rows=self._with_themes(page.rows))

    def _with_themes(self, spoken: list[list[int]]) -> list[Any]:
        keys = [key for each in spoken for key in each]
        found = Quote.objects.select_related("release__consultation", "theme").in_bulk(keys)
        entries = ThemeEntry.objects.filter(
            version__in={quote.release.codebook_version_id for quote in found.values()}
        )
        labels = {(entry.version_id, entry.theme_id): entry.label for entry in entries}
        for quote in found.values():
            label = labels.get((quote.release.codebook_version_id, quote.theme_id), quote.theme.slug)
            quote.label = label  # type: ignore[attr-defined]
        return [[found[key] for key in each] for each in spoken]

    def find_texts_with_any(self, words: list[str]) -> list[tuple[int, str]]:
        found = self._find_matches(_single_word_terms(words), some=True, most=ALIKE)
        return list(self.quotes().filter(pk__in=found.keys).values_list("pk", "text"))

    def rows(self, keys: list[int]) -> list[Quote]:
        found = self.quotes().select_related("release__consultation", "theme").in_bulk(keys)
        return [found[key] for key in keys]

    def sample(self, size: int) -> list[str]:
        return list(self.quotes().order_by("pk").values_list("text", flat=True)[:size])


def suggest_other_words(scope: AnswerSearch | QuoteSearch, terms: tuple[SearchTerm, ...]) -> str:
    """A corrected search text that finds something in this scope, or ""."""
    sample = scope.sample(SAMPLE)
    return suggest_spelling(terms, sample, lambda other: bool(scope.find(other).rows))


def suggest_spelling(
    terms: tuple[SearchTerm, ...], texts: Iterable[str], finds: Callable[[tuple[SearchTerm, ...]], bool]
) -> str:
    """A corrected search text; "" where no word is near, or where it would find nothing either."""
    written = Counter(word.lower() for text in texts for word in split_words(text) if len(word) > 2)
    known: dict[str, str] = {}  # {folded word: its most frequent spelling}
    for word, _ in written.most_common():
        known.setdefault(fold_text(word), word)
    other = " ".join(
        str(term) if term.exact else " ".join(_nearest_word(word, known) for word in term.words) for term in terms
    )
    return other if other != " ".join(map(str, terms)) and finds(parse_terms(other)) else ""


def _nearest_word(word: str, known: dict[str, str]) -> str:
    if word in known or len(word) < 3 or any(other.startswith(word) for other in known):
        return word
    alike = [other for other in known if abs(len(other) - len(word)) <= LONGEST_CHANGE]
    found = get_close_matches(word, alike, n=1, cutoff=CLOSE)
    return known[found[0]] if found else word
