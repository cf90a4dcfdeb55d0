"""Where a trace can begin: a decision, theme, quote, question, consultation, strategy point or agency."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from consultation import handover
from consultation.domain.strategy_points import text_by_sub_point
from insights.coding.codebooks.theme_history import CARRIED_OUT
from insights.coding.models import ThemeEntry
from insights.decisions.models import Citation, Decision, FigureCitation
from insights.decisions.trace import find_asked_questions
from insights.decisions.tracing import trace_paths
from insights.decisions.tracing.trace_nodes import (
    GONE,
    TraceNode,
    agency_key,
    agency_node,
    consultation_node,
    decision_node,
    point_node,
)
from insights.releases.models import Quote, Release

NONE = Q(pk__in=[])
_CITED = Citation.objects.filter(quote__isnull=False).values("quote")


@dataclass(frozen=True)
class TraceStart:
    node: TraceNode
    decisions: Any
    at: Callable[[TraceNode], bool]
    evidence: Q | None = None
    figures: Q | None = None
    words: QuerySet[Quote] | None = None
    unfeatured: bool = False  # follow a theme to quotes that no report features too

    @property
    def is_voice(self) -> bool:
        return self.node.kind in ("theme", "words", "question", "consultation")


def find_trace_start(kind: str, key: str, reader: Any) -> TraceStart | None:
    """The start of a trace; None when it does not exist or the reader may not see it."""
    return _STARTS_BY_KIND[kind](key, reader) if kind in _STARTS_BY_KIND else None


def _start_at_decision(key: str, reader: Any) -> TraceStart | None:
    row = Decision.objects.filter(slug=key).values(*trace_paths.DECISION_FIELDS).first()
    if row is None:
        return None
    node = decision_node(row)
    chosen = Decision.objects.filter(pk__in=trace_paths.list_earlier_decisions(row["pk"]))
    return TraceStart(node, chosen, lambda other: other.id == node.id)


def _filter_decisions_citing(evidence: Q, figures: Q = NONE) -> Q:
    """A filter by the ids of the citing decisions, evaluated once because the page queries by it several times."""
    cited = set(Citation.objects.filter(evidence).order_by().values_list("decision", flat=True))
    return Q(pk__in=cited.union(FigureCitation.objects.filter(figures).order_by().values_list("decision", flat=True)))


def _start_at_theme(key: str, reader: Any) -> TraceStart | None:
    """A theme in every release, with the themes that were merged into it."""
    found = ThemeEntry.objects.filter(theme=_parse_id(key), version__status__in=CARRIED_OUT)
    entry = found.order_by("-version__number").select_related("theme").first()
    if entry is None:
        return None
    steps = trace_paths.load_theme_successors()
    themes = {entry.theme_id} | {
        theme for theme in steps if entry.theme_id in trace_paths.find_successors(theme, steps)
    }
    evidence, own = Q(theme__in=themes), {str(theme) for theme in themes}
    return TraceStart(
        TraceNode("theme", key, entry.label, label="Theme"),
        Decision.objects.filter(_filter_decisions_citing(evidence)),
        lambda node: node.kind == "theme" and node.key.partition("-")[0] in own,
        evidence,
        NONE,
    )


def _start_at_words(key: str, reader: Any) -> TraceStart | None:
    """A quote with all quotes of the same text, in every theme and release."""
    shown = Quote.objects.filter(release__in=Release.objects.published())
    found = shown.seen_by(reader).filter(pk=_parse_id(key)).first()
    if found is None:
        return None
    same = shown.filter(source_text=found.source_text_id) if found.source_text_id else shown.filter(pk=found.pk)
    places = list(same.values_list("pk", "release_id", "theme_id"))
    evidence = Q(quote__in=[pk for pk, _, _ in places])
    for _, release, theme in places:
        evidence |= Q(release=release, theme=theme)
    own = {str(pk) for pk, _, _ in places}
    node = TraceNode("words", key, GONE if found.erased else f"“{found.text}”", label="Words", css="v")
    chosen = Decision.objects.filter(_filter_decisions_citing(evidence))
    return TraceStart(
        node, chosen, lambda other: other.kind == "words" and other.key in own, evidence, NONE, same, True
    )


def _start_at_question(key: str, reader: Any) -> TraceStart | None:
    """A question in every version. Cited or featured quotes in answer to it lead on to their themes."""
    slug, _, rest = key.partition("/")
    asked, _, number = rest.partition("/")
    page = handover.find_consultation(slug)
    versions = [(version.pk, version.number) for version in handover.list_versions(page)] if page else []
    found = [one for one in find_asked_questions((pk, asked) for pk, _ in versions).values() if one]
    found = [one for one in found if not number or str(one.version) == number]
    if not found or page is None:
        return None
    numbers = {one.version for one in found}
    these = [pk for pk, version in versions if version in numbers]
    releases = list(Release.objects.published().filter(consultation=page).values_list("pk", flat=True))
    own_words = Quote.objects.filter(release__in=releases, question=asked, version__in=these).order_by()
    names = ("pk", "release_id", "theme_id", "featured", "erased")
    places = {
        row
        for some in (Q(featured=True, erased=False), Q(pk__in=_CITED))  # a single OR query would scan every quote
        for row in own_words.filter(some).seen_by(reader).values_list(*names)
    }
    words = Quote.objects.filter(pk__in=[pk for pk, *_ in places])  # ids, so that the query above runs once
    evidence = trace_paths.filter_by_themes(
        (release, theme) for _, release, theme, featured, erased in places if featured and not erased
    )
    evidence |= Q(quote__in=[pk for pk, *_ in places])
    figures = Q(release__consultation=page, question=asked, version__in=these)
    title = max(found, key=lambda one: one.version).text
    own = {f"{slug}/{asked}/{one.version}" for one in found}
    return TraceStart(
        TraceNode("question", key, title, label="Question"),
        Decision.objects.filter(_filter_decisions_citing(evidence, figures)),
        lambda node: node.kind == "question" and node.key in own,
        evidence,
        figures,
        words,
    )


def _start_at_consultation(key: str, reader: Any) -> TraceStart | None:
    page = handover.find_consultation(key)
    if page is None:
        return None
    evidence = Q(release__consultation=page)
    answered = Decision.consultations.through.objects.filter(consultationpage=page).values("decision")
    chosen = Decision.objects.filter(_filter_decisions_citing(evidence, evidence) | Q(pk__in=answered))
    node = consultation_node(page.slug, page.title)
    return TraceStart(node, chosen, lambda other: other.id == node.id, evidence, evidence)


def _start_at_point(key: str, reader: Any) -> TraceStart | None:
    if key not in text_by_sub_point():
        return None
    linked = Decision.objects.values_list("pk", "links")
    ids = {pk: link for pk, links in linked for link in links if link.get("sub_point") == key}
    node = point_node(next(iter(ids.values()), {"strand": "", "sub_point": key}))
    return TraceStart(node, Decision.objects.filter(pk__in=ids), lambda other: other.id == node.id)


def list_agency_names(reader: Any) -> dict[str, str]:
    """{key: name} of agencies that lead, or have an action in, a decision that the reader may see."""
    seen = Decision.objects.seen_by(reader).order_by()
    led = seen.exclude(agency="").values_list("agency", flat=True).distinct()
    items = seen.filter(items__isnull=False)
    found = {agency_key(name): name for name in led}
    found |= dict(items.values_list("items__agency__slug", "items__agency__name").distinct())
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def filter_by_agency(key: str) -> Q:
    names = Decision.objects.exclude(agency="").order_by().values_list("agency", flat=True).distinct()
    return Q(agency__in=[name for name in names if agency_key(name) == key]) | Q(items__agency__slug=key)


def _start_at_agency(key: str, reader: Any) -> TraceStart | None:
    name = list_agency_names(reader).get(key)
    if name is None:
        return None
    node = agency_node(key, name)
    chosen = Decision.objects.filter(pk__in=Decision.objects.filter(filter_by_agency(key)).values("pk"))
    return TraceStart(node, chosen, lambda other: other.id == node.id)


def _parse_id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


_STARTS_BY_KIND: dict[str, Callable[[str, Any], TraceStart | None]] = {
    "decision": _start_at_decision,
    "theme": _start_at_theme,
    "words": _start_at_words,
    "question": _start_at_question,
    "consultation": _start_at_consultation,
    "point": _start_at_point,
    "agency": _start_at_agency,
}
