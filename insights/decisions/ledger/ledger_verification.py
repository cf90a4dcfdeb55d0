"""Verify the ledger and compare the other tables with it.

The hash chain reveals altered, deleted, inserted or moved entries. Proofs compare the rest of the database with the
entries; a capability above that writes entries answers `proofs_asked`.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from insights.decisions.ledger import head_signing
from insights.decisions.ledger.decision_proofs import list_decision_problems
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.ledger_entries import proofs_asked
from insights.decisions.models import LedgerEntry


def list_ledger_problems() -> list[str]:
    """Problems in plain words, each with its entry, decision or head; empty when the ledger verifies."""
    broken = [f"Ledger, e{str(problem)[1:]}" for problem in LedgerEntry.objects.problems()]
    entries = list(LedgerEntry.objects.order_by("seq"))
    heads = list(_list_changed_heads(entries))
    if broken:
        return [*broken, *heads]
    return [*heads, *list_differing_tables(entries)]


def list_differing_tables(entries: list[LedgerEntry]) -> list[str]:
    """Problems found by comparing the tables with the entries."""
    answers: Any = proofs_asked.send(sender=LedgerEntry, entries=entries)
    return [*(found for _, problems in answers for found in problems), *list_decision_problems(entries)]


def _list_changed_heads(entries: list[LedgerEntry]) -> Iterable[str]:
    hashes = {entry.seq: entry.hash for entry in entries}
    kept = {}
    for head in LedgerHead.objects.order_by("seq"):
        kept[head.day] = head.seq
        if not head_signing.is_signed_by_site(head):
            yield f"The head of {head.day} is not signed by a key of this site."
        elif head.seq not in hashes:
            yield f"The head of {head.day} signs entry {head.seq}, which is missing."
        elif hashes[head.seq] != head.hash:
            yield f"The head of {head.day} signs another entry {head.seq} than the one that stands there."
    for entry in entries:
        if entry.verb == "head signed" and kept.get(entry.day) != entry.seq:
            yield f"The head of {entry.day}, entry {entry.seq}, was signed and is no longer kept."


def compare_copied_heads(copy: str) -> list[str]:
    """Problems in plain words from comparing somebody's copy of the public heads (JSON) with the ledger."""
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
