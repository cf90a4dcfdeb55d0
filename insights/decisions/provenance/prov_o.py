"""PROV-O (W3C recommendation) as JSON-LD. A relation with attributes also appears in its qualified form."""

from typing import Any

from insights.decisions.provenance.prov_graph import ACTIVITY, AGENT, ENTITY, ProvElement, ProvGraph

CLASSES = {ENTITY: "prov:Entity", ACTIVITY: "prov:Activity", AGENT: "prov:Agent"}
CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write_document(account: ProvGraph, namespace: str) -> dict[str, Any]:
    nodes = {thing.id: _write_element(thing) for thing in account.things.values()}
    for link in account.links:
        node = nodes[link.subject]
        node.setdefault(f"prov:{link.relation}", []).append({"@id": _qualify_name(link.object)})
        if link.facts or link.types:
            said = {"@type": ["prov:Derivation", *link.types], "prov:entity": {"@id": _qualify_name(link.object)}}
            said |= {_qualify_name(key): value for key, value in link.facts}
            node.setdefault("prov:qualifiedDerivation", []).append(said)
    return {"@context": CONTEXT | {"voice": namespace}, "@graph": list(nodes.values())}


def _qualify_name(local: str) -> str:
    return local if local.startswith("prov:") else f"voice:{local}"


def _write_element(thing: ProvElement) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": _qualify_name(thing.id),
        "@type": [CLASSES[thing.kind], *(_qualify_name(one) for one in thing.types)],
        "rdfs:label": thing.label,
    }
    said |= {_qualify_name(key): value for key, value in thing.facts}
    if thing.day:
        said["prov:endedAtTime"] = {"@value": f"{thing.day}T00:00:00", "@type": "xsd:dateTime"}
    return said
