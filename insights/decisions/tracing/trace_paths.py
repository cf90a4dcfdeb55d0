"""Paths of a trace, each from an agency, strategy point or outcome to a consultation:

agency, sub-point or outcome - later decision - decision - theme or figure - words - question as asked - consultation

A trace is the set of paths through one start. Each kind of row takes one query, whatever their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from consultation import handover
from consultation.domain.strategy_points import text_by_sub_point
from insights.coding.codebooks.models import ThemeAct
from insights.coding.codebooks.theme_history import CARRIED_OUT
from insights.coding.models import ThemeEntry
from insights.decisions.models import Bearing, Citation, Decision, FigureCitation
from insights.decisions.trace import find_asked_questions
from insights.decisions.tracing.trace_nodes import (
    TraceNode,
    agency_key,
    agency_node,
    consultation_node,
    decision_node,
    figure_node,
    outcome_node,
    point_node,
    question_node,
    theme_node,
    words_node,
)
from insights.releases.models import Quote

DECISION_FIELDS = ("pk", "slug", "title", "outcome", "status", "decided", "progress", "due", "agency", "links", "follows_id",
         "follows_how")  # fmt: skip
CITATION_FIELDS = ("decision_id", "release_id", "theme_id", "theme__slug", "quote_id", "bearing", "seen",
        "codebook_version__number", "codebook_version__label", "release__number", "release__consultation_id")  # fmt: skip
FIGURE_FIELDS = ("pk", "decision_id", "release_id", "question", "row", "version_id", "bearing", "seen", "release__number",
          "release__consultation_id")  # fmt: skip


@dataclass(frozen=True)
class TracePath:
    nodes: tuple[TraceNode, ...]
    bearing: str = ""


@dataclass
class TraceRows:
    """The rows from which the paths of some decisions are built."""

    decisions: dict[int, dict[str, Any]]
    citations: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    quotes: dict[int, Quote] = field(default_factory=dict)
    of_theme: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[tuple[int, str], Any] = field(default_factory=dict)
    pages: dict[int, tuple[str, str]] = field(default_factory=dict)  # {id: (slug, title)}
    answers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # {decision: its consultations}
    agencies: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[int, list[str]] = field(default_factory=dict)
    later: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def fetch_trace_rows(
    decisions: Iterable[int],
    reader: Any,
    evidence: Q | None = None,
    figures: Q | None = None,
    words: QuerySet[Quote] | None = None,
    unfeatured: bool = False,
) -> TraceRows:
    """Fetch the rows for the paths of these decisions.

    `evidence`, `figures`: filters on their citations. `words`: the only quotes that a path may pass, cited by the
    decision itself or featured in a theme that it cites (`unfeatured`: all quotes of that theme).
    """
    wanted = list(decisions)
    follows = dict(Decision.objects.filter(follows__isnull=False).values_list("pk", "follows_id"))
    later = _later_decisions(wanted, follows)
    light = Decision.objects.filter(pk__in={*wanted, *later}).values(*DECISION_FIELDS)
    rows = TraceRows({row["pk"]: row for row in light})
    for pk, before in follows.items():
        rows.later[before].append(pk)
    cited = Citation.objects.filter(evidence or Q(), decision__in=wanted).order_by("pk")
    rows.citations = list(cited.values(*CITATION_FIELDS))
    rows.figures = list(
        FigureCitation.objects.filter(figures or Q(), decision__in=wanted).order_by("pk").values(*FIGURE_FIELDS)
    )
    _fetch_words(rows, reader, words, unfeatured)
    _fetch_pages(rows, wanted)
    _fetch_agencies(rows)
    _fetch_outcomes(rows)
    rows.heirs = _successor_labels({row["theme_id"] for row in rows.citations})
    return rows


def _later_decisions(wanted: list[int], follows: dict[int, int]) -> set[int]:
    """Decisions that follow these, directly or through others."""
    found: set[int] = set()
    fresh = set(wanted)
    while fresh := {pk for pk, before in follows.items() if before in fresh} - found:
        found |= fresh
    return found


def list_earlier_decisions(pk: int) -> list[int]:
    """This decision and its predecessors, newest first."""
    follows = dict(Decision.objects.filter(follows__isnull=False).values_list("pk", "follows_id"))
    chain = [pk]
    while (before := follows.get(chain[-1])) and before not in chain:
        chain.append(before)
    return chain


def _fetch_words(rows: TraceRows, reader: Any, words: QuerySet[Quote] | None, unfeatured: bool) -> None:
    """Fetch the cited quotes and the featured ones of cited themes that the reader may see."""
    found = _filter_words_behind(rows, words)
    for quote in found if reader is None else found.seen_by(reader):  # type: ignore[attr-defined]
        rows.quotes[quote.pk] = quote
        if unfeatured or (quote.featured and not quote.erased):
            rows.of_theme[quote.release_id, quote.theme_id].append(quote.pk)
    wanted = {(quote.version_id, quote.question) for quote in rows.quotes.values()}
    wanted |= {(row["version_id"], row["question"]) for row in rows.figures}
    rows.asked = find_asked_questions(wanted)


def _filter_words_behind(rows: TraceRows, words: QuerySet[Quote] | None) -> QuerySet[Quote]:
    """Quotes that are cited or of a cited theme: among `words` when given, else only featured ones of the theme."""
    cited = {row["quote_id"] for row in rows.citations if row["quote_id"]}
    of_them = filter_by_themes((row["release_id"], row["theme_id"]) for row in rows.citations)
    if words is not None:
        return words.filter(Q(pk__in=cited) | of_them).order_by("pk")
    return Quote.objects.filter(Q(pk__in=cited) | Q(of_them, featured=True, erased=False)).order_by("pk")


def filter_by_themes(pairs: Iterable[tuple[int, int]]) -> Q:
    """Filter by (release, theme) pairs, grouped by release: one condition a pair would make hundreds."""
    themes = defaultdict(set)
    for release, theme in pairs:
        themes[release].add(theme)
    found = Q(pk__in=[])
    for release, own in themes.items():
        found |= Q(release=release, theme__in=own)
    return found


def _fetch_pages(rows: TraceRows, wanted: list[int]) -> None:
    through = Decision.consultations.through.objects.filter(decision__in=wanted)
    for decision, page in through.values_list("decision_id", "consultationpage_id"):
        rows.answers[decision].append(page)
    known = {page for pages in rows.answers.values() for page in pages}
    known |= {row["release__consultation_id"] for row in (*rows.citations, *rows.figures)}
    known |= {question.consultation_id for question in rows.asked.values() if question}
    pages = [page for page in handover.list_consultations() if page.pk in known]
    rows.pages = {page.pk: (page.slug, page.title) for page in pages}


def _fetch_agencies(rows: TraceRows) -> None:
    """Fetch the lead agency and the agencies with an action in the plan."""
    for pk, decision in rows.decisions.items():
        if decision["agency"]:
            rows.agencies[pk].append((agency_key(decision["agency"]), decision["agency"]))
    items = Decision.objects.filter(pk__in=rows.decisions, items__isnull=False).order_by("items__order")
    for pk, slug, name in items.values_list("pk", "items__agency__slug", "items__agency__name"):
        if slug not in {key for key, _ in rows.agencies[pk]}:
            rows.agencies[pk].append((slug, name))


def _fetch_outcomes(rows: TraceRows) -> None:
    """Fetch what was published of how the decisions worked."""
    decisions = Decision.objects.filter(pk__in=rows.decisions, outcome_updates__published_on__isnull=False)
    names = {name: f"outcome_updates__{name}" for name in ("pk", "verdict", "reached", "published_on")}
    for slug, decision, *told in decisions.order_by(names["published_on"], names["pk"]).values_list(
        "slug", "pk", *names.values()
    ):
        rows.outcomes[decision].append({"slug": slug, **dict(zip(names, told, strict=True))})


def load_theme_successors() -> dict[int, set[int]]:
    """{theme: themes that it was merged or split into}, from every codebook version that was in force."""
    acts = ThemeAct.objects.filter(version__status__in=CARRIED_OUT, kind__in=["merge", "split"])
    found: dict[int, set[int]] = defaultdict(set)
    for theme, heir in acts.values_list("theme_id", "into"):
        if heir and heir != theme:
            found[theme].add(heir)
    return found


def find_successors(theme: int, steps: dict[int, set[int]]) -> set[int]:
    """All successors of a theme, through any number of merges and splits."""
    found: set[int] = set()
    fresh = {theme}
    while fresh := {heir for one in fresh for heir in steps.get(one, ())} - found - {theme}:
        found |= fresh
    return found


def _successor_labels(themes: set[int]) -> dict[int, list[str]]:
    """{theme: labels of its last successors}."""
    steps = load_theme_successors()
    ends = {
        theme: [heir for heir in find_successors(theme, steps) if heir not in steps] for theme in themes & steps.keys()
    }
    wanted = {heir for heirs in ends.values() for heir in heirs}
    if not wanted:
        return {}
    entries = ThemeEntry.objects.filter(theme__in=wanted, version__status__in=CARRIED_OUT)
    labels = dict(entries.order_by("version__number").values_list("theme_id", "label"))
    return {theme: sorted(labels[heir] for heir in heirs if heir in labels) for theme, heirs in ends.items()}


def build_trace_paths(rows: TraceRows, decisions: Iterable[int]) -> Iterator[TracePath]:
    cited, figures = defaultdict(list), defaultdict(list)
    for row in rows.citations:
        cited[row["decision_id"]].append(row)
    for row in rows.figures:
        figures[row["decision_id"]].append(row)
    for pk in decisions:
        heads = list(_path_heads(rows, pk))
        tails = [*_theme_tails(rows, cited[pk]), *_figure_tails(rows, figures[pk])]
        reached = {node.key for tail, _ in tails for node in tail if node.kind == "consultation"}
        # Consultations that it answers without citing them: the only source of a decision without evidence.
        uncited = [rows.pages[page] for page in rows.answers[pk] if page in rows.pages]
        tails += [((consultation_node(slug, title),), "") for slug, title in uncited if slug not in reached]
        tails = tails or [((), "")]
        for head in heads:
            for tail, bearing in tails:
                yield TracePath((*head, *tail), bearing)


def _path_heads(rows: TraceRows, pk: int) -> Iterator[tuple[TraceNode, ...]]:
    """Path starts up to the decision: agencies, what came of it, strategy points and later decisions."""
    own = decision_node(rows.decisions[pk])
    chains = [(own,), *((*chain, own) for chain in _later_chains(rows, pk, {pk}))]
    ends = [agency_node(key, name) for key, name in rows.agencies[pk]]
    ends += [outcome_node(row) for row in rows.outcomes[pk]]
    ends += [point_node(link) for link in rows.decisions[pk]["links"] if link.get("sub_point") in text_by_sub_point()]
    yield from ((end, own) for end in ends)
    yield from chains if len(chains) == 1 and not ends else chains[1:]


def _later_chains(rows: TraceRows, pk: int, seen: set[int]) -> Iterator[tuple[TraceNode, ...]]:
    for later in rows.later.get(pk, ()):
        if later in rows.decisions and later not in seen:
            node = decision_node(rows.decisions[later], as_later=True)
            further = list(_later_chains(rows, later, seen | {later}))
            yield from ((*chain, node) for chain in further) if further else [(node,)]


def _theme_tails(rows: TraceRows, cited: list[dict[str, Any]]) -> Iterator[tuple[tuple[TraceNode, ...], str]]:
    groups: dict[tuple[int, int, bool], list[dict[str, Any]]] = defaultdict(list)
    for row in cited:
        groups[row["release_id"], row["theme_id"], row["bearing"] == Bearing.CHALLENGES].append(row)
    for (release, theme, _), group in groups.items():
        node = theme_node(group[0], rows.pages, rows.heirs.get(theme, []))
        quoted = [row["quote_id"] for row in group if row["quote_id"]]
        found = [*quoted, *rows.of_theme[release, theme]]
        words = [rows.quotes[pk] for pk in dict.fromkeys(found) if pk in rows.quotes]
        page = rows.pages.get(group[0]["release__consultation_id"])
        ends = [
            (words_node(quote, quote.pk in quoted), *_question_tail(rows, quote.version_id, quote.question))
            for quote in words
        ]
        for end in ends or [(consultation_node(*page),) if page else ()]:
            yield (node, *end), group[0]["bearing"]


def _question_tail(rows: TraceRows, version: int, asked: str) -> tuple[TraceNode, ...]:
    question = rows.asked.get((version, asked))
    if question is None or question.consultation_id not in rows.pages:
        return ()
    slug, title = rows.pages[question.consultation_id]
    return question_node(question, slug), consultation_node(slug, title)


def _figure_tails(rows: TraceRows, figures: list[dict[str, Any]]) -> Iterator[tuple[tuple[TraceNode, ...], str]]:
    for row in figures:
        page = rows.pages.get(row["release__consultation_id"])
        end = _question_tail(rows, row["version_id"], row["question"])
        yield (figure_node(row, rows.pages), *(end or ((consultation_node(*page),) if page else ()))), row["bearing"]
