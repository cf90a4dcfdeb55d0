"""Whether the ledger is whole, and whether everything still says what it recorded.

The chain shows what was altered, dropped, inserted or moved in the ledger itself; proofs hold what stands elsewhere to
it. A room that enters something registers its proof: `@proves`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from insights.decisions.ledger import signing
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.models import LedgerEntry

Proof = Callable[[list[LedgerEntry]], Iterable[str]]
_proofs: list[Proof] = []


def proves(proof: Proof) -> Proof:
    """A function from all entries, oldest first, to what is amiss, in plain words."""
    if proof not in _proofs:
        _proofs.append(proof)
    return proof


def problems() -> list[str]:
    """What is amiss, in plain words, each with the entry, decision or head it concerns; empty when all is whole."""
    from insights.decisions.ledger import proofs  # noqa: F401  they register themselves

    broken = [f"Ledger, e{str(problem)[1:]}" for problem in LedgerEntry.objects.problems()]
    entries = list(LedgerEntry.objects.order_by("seq"))
    heads = list(_changed_heads(entries))
    if broken:
        return [*broken, *heads]
    return [*heads, *(found for proof in _proofs for found in proof(entries))]


def _changed_heads(entries: list[LedgerEntry]) -> Iterable[str]:
    hashes = {entry.seq: entry.hash for entry in entries}
    kept = {}
    for head in LedgerHead.objects.order_by("seq"):
        kept[head.day] = head.seq
        if not signing.is_signed(head):
            yield f"The head of {head.day} is not signed by a key of this site."
        elif head.seq not in hashes:
            yield f"The head of {head.day} signs entry {head.seq}, which is missing."
        elif hashes[head.seq] != head.hash:
            yield f"The head of {head.day} signs another entry {head.seq} than the one that stands there."
    for entry in entries:
        if entry.verb == "head signed" and kept.get(entry.day) != entry.seq:
            yield f"The head of {entry.day}, entry {entry.seq}, was signed and is no longer kept."


def against(copy: str) -> list[str]:
    """What is amiss when somebody's own copy of the public heads (JSON) is held to the ledger."""
    try:
        heads: list[Mapping[str, Any]] = json.loads(copy)["heads"]
        told = [(str(head["day"]), int(head["seq"]), str(head["hash"])) for head in heads]
    except (ValueError, KeyError, TypeError):
        return ["The copy is not a file of heads."]
    hashes = dict(LedgerEntry.objects.filter(seq__in=[seq for _, seq, _ in told]).values_list("seq", "hash"))
    return [
        f"The copy has another head of {day}: entry {seq} is not the one that was signed then."
        for day, seq, hash in told
        if hashes.get(seq) != hash
    ]
