"""A decision and its trace as a W3C PROV graph: elements (entities, activities, agents) and their relations.

It holds public content alone: figures as released, and quotes that two people approved for publication.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser

from insights.decisions.models import Decision, DecisionStatus, LedgerEntry
from insights.decisions.tracing import trace_paths
from insights.decisions.tracing.trace_nodes import TraceNode

EVERYONE = AnonymousUser()  # sees public quotes alone
PUBLISHED = DecisionStatus.PUBLISHED
ENTITY, ACTIVITY, AGENT = "entity", "activity", "agent"
TYPES = {
    "agency": "Agency", "point": "SubPoint", "outcome": "Outcome", "decision": "Decision", "theme": "Evidence",
    "words": "Words", "question": "Question", "consultation": "Consultation",
}  # fmt: skip


@dataclass(frozen=True)
class ProvElement:
    id: str
    kind: str
    label: str
    types: tuple[str, ...]
    facts: tuple[tuple[str, Any], ...] = ()
    day: str = ""  # of an activity: ISO date


@dataclass(frozen=True)
class ProvRelation:
    """A relation, named as in PROV-DM."""

    relation: str
    subject: str
    object: str
    facts: tuple[tuple[str, Any], ...] = ()
    types: tuple[str, ...] = ()


@dataclass
class ProvGraph:
    things: dict[str, ProvElement] = field(default_factory=dict)
    links: dict[ProvRelation, None] = field(default_factory=dict)

    def add(self, thing: ProvElement) -> str:
        self.things.setdefault(thing.id, thing)
        return thing.id

    def link(self, relation: str, subject: str, object: str, **more: Any) -> None:
        self.links.setdefault(ProvRelation(relation, subject, object, **more))


def build_prov_graph(decision: Decision) -> ProvGraph:
    """The graph of a decision, its predecessors and their evidence, without drafts that follow it."""
    account, ids = ProvGraph(), trace_paths.list_earlier_decisions(decision.pk)
    rows = trace_paths.fetch_trace_rows(ids, EVERYONE)
    rows.decisions = {pk: row for pk, row in rows.decisions.items() if pk in ids or row["status"] == PUBLISHED}
    for thread in trace_paths.build_trace_paths(rows, ids):
        for (above, a), (below, b) in pairwise([(node, account.add(_build_element(node))) for node in thread.nodes]):
            _add_relation(account, above, a, below, b, thread.bearing)
    for one in Decision.objects.filter(pk__in=ids).order_by("pk"):
        _add_deciding(account, one)
    return account


def build_local_name(*parts: object) -> str:
    """A local name that is valid in XML, RDF and PROV-N."""
    return ".".join(re.sub(r"[^A-Za-z0-9_-]+", "-", str(part)).strip("-") or "x" for part in parts)


def _build_element(node: TraceNode) -> ProvElement:
    kind = AGENT if node.kind == "agency" else ENTITY
    more = {"consultation": ("prov:Collection",), "agency": ("prov:Organization",)}
    types = (TYPES[node.kind], *more.get(node.kind, ()))
    facts = tuple((key, value) for key, value in node.facts if value is not None)
    return ProvElement(build_local_name(node.kind, *node.key.split("/")), kind, node.title, types, facts)


def _add_relation(account: ProvGraph, above: TraceNode, a: str, below: TraceNode, b: str, bearing: str) -> None:
    kinds = (above.kind, below.kind)
    if kinds == ("agency", "decision"):
        account.link("wasAttributedTo", b, a)
    elif kinds == ("point", "decision"):
        account.link("wasInfluencedBy", b, a)
    elif kinds == ("decision", "decision"):
        account.link("wasDerivedFrom", a, b, types=("prov:Revision",))
    elif above.kind == "decision" and below.kind == "theme":
        account.link("wasDerivedFrom", a, b, facts=(("bearing", bearing),))
        account.link("used", build_local_name("deciding", above.key), b)
        said = f"Release {dict(below.facts)['release']}, after disclosure control"
        name = build_local_name("releasing", *b.split(".")[1:])
        account.link("wasGeneratedBy", b, account.add(ProvElement(name, ACTIVITY, said, ("Releasing",))))
    elif kinds == ("words", "question"):
        answering = account.add(
            ProvElement(build_local_name("answering", *below.key.split("/")), ACTIVITY, "Answering", ("Answering",))
        )
        account.link("used", answering, b)
        account.link("wasGeneratedBy", a, answering)
    elif kinds == ("question", "consultation"):
        account.link("hadMember", b, a)
    else:
        account.link("wasDerivedFrom", a, b)


def _add_deciding(account: ProvGraph, decision: Decision) -> None:
    """Add the deciding activity, the lead role with its agency, and the ledger entry; no person's name."""
    entity = build_local_name("decision", decision.slug)
    last = LedgerEntry.objects.filter(decision=decision.slug).order_by("-seq").first()
    if entity not in account.things or last is None:
        return
    thing = account.things[entity]
    facts = (*thing.facts, ("ledgerEntry", last.seq), ("ledgerHash", last.hash))
    account.things[entity] = ProvElement(thing.id, thing.kind, thing.label, thing.types, facts)
    day = decision.decided.isoformat()
    deciding = account.add(
        ProvElement(build_local_name("deciding", decision.slug), ACTIVITY, "Deciding", ("Deciding",), day=day)
    )
    account.link("wasGeneratedBy", entity, deciding)
    if decision.lead_role:
        role = account.add(
            ProvElement(build_local_name("role", decision.lead_role), AGENT, decision.lead_role, ("Role",))
        )
        account.link("wasAssociatedWith", deciding, role)
        for one in account.things.values():
            if one.kind == AGENT and "Agency" in one.types and one.label == decision.agency:
                account.link("actedOnBehalfOf", role, one.id)
