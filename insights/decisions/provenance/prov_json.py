"""PROV-JSON (W3C member submission)."""

from typing import Any

from insights.decisions.provenance.prov_graph import ACTIVITY, ProvElement, ProvGraph

# {relation: (first, second) argument}
ARGUMENTS = {
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
    "actedOnBehalfOf": ("prov:delegate", "prov:responsible"),
    "wasInfluencedBy": ("prov:influencee", "prov:influencer"),
    "hadMember": ("prov:collection", "prov:entity"),
}


def write_document(account: ProvGraph, namespace: str) -> dict[str, Any]:
    document: dict[str, Any] = {"prefix": {"voice": namespace, "xsd": "http://www.w3.org/2001/XMLSchema#"}}
    for thing in account.things.values():
        document.setdefault(thing.kind, {})[_qualify_name(thing.id)] = _write_element(thing)
    for number, link in enumerate(account.links, start=1):
        first, second = ARGUMENTS[link.relation]
        said = {first: _qualify_name(link.subject), second: _qualify_name(link.object)} | _write_facts(link.facts)
        said |= {"prov:type": _write_types(link.types)} if link.types else {}
        document.setdefault(link.relation, {})[f"_:r{number}"] = said
    return document


def _qualify_name(local: str) -> str:
    return f"voice:{local}"


def _write_types(types: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"$": one if one.startswith("prov:") else _qualify_name(one), "type": "prov:QUALIFIED_NAME"} for one in types
    ]


def _write_facts(facts: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {
        _qualify_name(key): {"$": value, "type": "xsd:int"} if isinstance(value, int) else value
        for key, value in facts
    }


def _write_element(thing: ProvElement) -> dict[str, Any]:
    said = {"prov:label": thing.label, "prov:type": _write_types(thing.types)} | _write_facts(thing.facts)
    if thing.kind == ACTIVITY and thing.day:
        said["prov:endTime"] = f"{thing.day}T00:00:00"
    return said
