"""PROV-JSON (W3C member submission)."""

from typing import Any

from insights.provenance.account import ACTIVITY, Account, Link, Thing

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


def written(account: Account, namespace: str) -> dict[str, Any]:
    document: dict[str, Any] = {"prefix": {"voice": namespace, "xsd": "http://www.w3.org/2001/XMLSchema#"}}
    for thing in account.things.values():
        document.setdefault(thing.kind, {})[_name(thing.id)] = _thing(thing)
    for number, link in enumerate(account.links, start=1):
        document.setdefault(link.relation, {})[f"_:r{number}"] = _link(link)
    return document


def _name(local: str) -> str:
    return f"voice:{local}"


def _typed(types: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"$": one if one.startswith("prov:") else _name(one), "type": "prov:QUALIFIED_NAME"} for one in types]


def _facts(facts: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {_name(key): {"$": value, "type": "xsd:int"} if isinstance(value, int) else value for key, value in facts}


def _thing(thing: Thing) -> dict[str, Any]:
    said = {"prov:label": thing.label, "prov:type": _typed(thing.types)} | _facts(thing.facts)
    if thing.kind == ACTIVITY and thing.day:
        said["prov:endTime"] = f"{thing.day}T00:00:00"
    return said


def _link(link: Link) -> dict[str, Any]:
    first, second = ARGUMENTS[link.relation]
    said: dict[str, Any] = {first: _name(link.subject), second: _name(link.object)} | _facts(link.facts)
    return said | ({"prov:type": _typed(link.types)} if link.types else {})
