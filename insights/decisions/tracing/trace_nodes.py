"""Nodes of a trace: kind, unique key, text and link."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from consultation.domain.strategy_points import text_by_sub_point
from insights.decisions.models import Bearing, DecisionOutcome, DecisionStatus
from insights.decisions.reached_measures import OutcomeVerdict, describe_reached
from insights.releases.models import Quote

# The columns of the picture, in order.
KINDS = {
    "agency": "Agencies",
    "point": "Strategy",
    "outcome": "What came of it",
    "decision": "Decisions",
    "theme": "Themes and figures",
    "words": "Words",
    "question": "Questions as asked",
    "consultation": "Consultations",
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
GONE = "Words that were taken back"


@dataclass(frozen=True)
class TraceNode:
    kind: str
    key: str
    title: str
    about: str = ""  # one line: outcome, number of people or version
    label: str = ""  # its kind, before the title in the list
    url: str = ""
    css: str = ""
    facts: tuple[tuple[str, Any], ...] = ()  # for PROV exports; never a child's words

    @property
    def id(self) -> tuple[str, str, str]:
        """Its look belongs to it: words that are cited are one node, and as mere words of a theme another."""
        return self.kind, self.key, self.css

    @property
    def trace(self) -> str:
        return reverse_cached("trace", self.kind, self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TraceNode) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)


@lru_cache(maxsize=4096)
def reverse_cached(name: str, *args: Any) -> str:
    """`reverse`, cached: a trace links to the same few pages hundreds of times."""
    return reverse(f"insights:{name}", args=args)


def agency_key(name: str) -> str:
    return slugify(name) or "agency"


def agency_node(key: str, name: str) -> TraceNode:
    return TraceNode("agency", key, name, label="Agency", url=reverse_cached("trace", "agency", key))


def point_node(link: Mapping[str, Any]) -> TraceNode:
    slug = str(link["sub_point"])
    url = reverse_cached("trace", "point", slug)
    return TraceNode("point", slug, text_by_sub_point()[slug], f"Strand {link['strand']}", "Strategy", url)


def decision_node(row: Mapping[str, Any], as_later: bool = False) -> TraceNode:
    outcome = str(DecisionOutcome(row["outcome"]).label)
    day = row["decided"]
    about = f"{outcome}, {day.day} {day:%B %Y}"
    if row["status"] == DecisionStatus.DRAFT:
        about += ". Draft"
    how = {"replaces": "Decision, takes its place", "amends": "Decision, changes a part of it"}
    label = how.get(row["follows_how"], "Decision") if as_later else "Decision"
    url = reverse_cached("decision", row["slug"])
    facts = (("outcome", row["outcome"]), ("status", row["status"]), ("decided", day.isoformat()))
    return TraceNode("decision", row["slug"], row["title"], about, label, url, "d", facts)


def outcome_node(row: Mapping[str, Any]) -> TraceNode:
    """What came of a decision, with each measure, its target and what was reached; the link leads to the public page."""
    day = row["published_on"]
    about = ". ".join([f"{day.day} {day:%B %Y}", *(describe_reached(one) for one in row["reached"])])
    url = f"/{settings.LANGUAGE_CODE}/you-said-we-did/{row['slug']}/#o-{row['pk']}"
    verdict = str(OutcomeVerdict(row["verdict"]).label)
    return TraceNode("outcome", str(row["pk"]), verdict, about, "What came of it", url)


def _format_people(number: int | None) -> str:
    return "few people or none" if number is None else f"about {number} people"


def theme_node(row: Mapping[str, Any], pages: Mapping[int, tuple[str, str]], heirs: list[str]) -> TraceNode:
    version = row["codebook_version__label"] or row["codebook_version__number"]
    title = pages.get(row["release__consultation_id"], ("", ""))[1]
    about = f"{_format_people(row['seen'].get('people'))}, {title}, release {row['release__number']}"
    if heirs:
        about += f". Now part of “{'”, “'.join(heirs)}”"
    bearing = str(Bearing(row["bearing"]).label).lower()
    url = reverse_cached("theme", row["release_id"], row["theme__slug"])
    key, css = f"{row['theme_id']}-{row['release_id']}", "against" if row["bearing"] == Bearing.CHALLENGES else ""
    facts = (("people", row["seen"].get("people")), ("codebook", str(version)), ("release", row["release__number"]))
    return TraceNode(
        "theme", key, row["seen"]["label"], about, f"Theme, codebook {version}, {bearing}", url, css, facts
    )


def figure_node(row: Mapping[str, Any], pages: Mapping[int, tuple[str, str]]) -> TraceNode:
    seen, shown = row["seen"], row["seen"].get("rows") or [{}]
    said = (
        f"{shown[0].get('label')}: {_format_people(shown[0].get('value'))}"
        if row["row"]
        else "Every answer to choose from"
    )
    title = pages.get(row["release__consultation_id"], ("", ""))[1]
    about = f"{said}, {title}, release {row['release__number']}"
    bearing = str(Bearing(row["bearing"]).label).lower()
    css = "against" if row["bearing"] == Bearing.CHALLENGES else ""
    url = f"{reverse_cached('report', row['release_id'])}#q-{row['question'].partition(':')[0]}"
    facts = (("people", shown[0].get("value") if row["row"] else None), ("release", row["release__number"]))
    return TraceNode("theme", f"figure-{row['pk']}", seen["asked"], about, f"Figure, {bearing}", url, css, facts)


def words_node(quote: Quote, cited: bool) -> TraceNode:
    title, url = GONE if quote.erased else f"“{quote.text}”", reverse_cached("quote", quote.pk)
    if cited:
        return TraceNode("words", str(quote.pk), title, "", "Words, cited", url, "v")
    return TraceNode("words", str(quote.pk), title, "not cited", "Words of this theme", url, "v uncited")


def question_node(question: Any, slug: str) -> TraceNode:
    """A question as one version asked it; each version has its own node."""
    url = reverse_cached("question", slug, question.id)
    about = f"{question.consultation}, version {question.version}"
    label = f"Question {question.number}, as asked, version {question.version}"
    key, facts = (
        f"{slug}/{question.id}/{question.version}",
        (("number", question.number), ("version", question.version)),
    )
    return TraceNode("question", key, question.text, about, label, url, facts=facts)


def consultation_node(slug: str, title: str) -> TraceNode:
    return TraceNode("consultation", slug, title, "", "Consultation", reverse_cached("consultation", slug))
