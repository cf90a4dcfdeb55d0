"""Proofs: actions and their updates still match what the ledger recorded."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from insights.decisions.agencies.actions import hash_action_item, hash_item_update
from insights.decisions.agencies.models import ActionItem, ItemUpdate
from insights.decisions.ledger_entries import proofs_asked
from insights.decisions.models import LedgerEntry

PLANNED, ADDED, NOTED = "action plan written", "action added", "action noted"


@receiver(proofs_asked)
def prove_items(entries: list[LedgerEntry], **_: Any) -> Iterator[str]:
    """Actions: none changed, added or deleted without an entry."""
    plans: dict[str, dict[int, tuple[str, int]]] = {}  # {decision: {item: (hash, entry number)}}
    for entry in entries:
        if entry.verb == PLANNED:  # a draft's new plan replaces its earlier one
            plans[entry.decision] = {int(pk): (content, entry.seq) for pk, content in entry.data["items"].items()}
        elif entry.verb in (ADDED, NOTED):
            plans.setdefault(entry.decision, {})[entry.data["item"]] = (entry.data["content"], entry.seq)
    recorded = {pk: entered for plan in plans.values() for pk, entered in plan.items()}
    for item in ActionItem.objects.select_related("decision").order_by("pk"):
        content, seq = recorded.pop(item.pk, ("", 0))
        if not content:
            yield f"Action {item.pk} of “{item.decision.slug}” has no ledger entry."
        elif content != hash_action_item(item):
            yield f"Action {item.pk} of “{item.decision.slug}” no longer says what ledger entry {seq} recorded."
    for pk, (_content, seq) in recorded.items():
        yield f"Action {pk}, in ledger entry {seq}, is no longer here."


@receiver(proofs_asked)
def prove_updates(entries: list[LedgerEntry], **_: Any) -> Iterator[str]:
    """Updates: their words, day and status."""
    recorded = {entry.data["update"]: entry for entry in entries if entry.verb == NOTED}
    for told in ItemUpdate.objects.order_by("pk"):
        entry = recorded.pop(told.pk, None)
        if entry is None:
            yield f"What was told of action {told.item_id} on {told.day} has no ledger entry."
        elif entry.data["words"] != hashlib.sha256(told.words.encode()).hexdigest():
            yield f"What was told of action {told.item_id} on {told.day} is not what ledger entry {entry.seq} recorded."
        elif entry.data.get("told", hash_item_update(told)) != hash_item_update(
            told
        ):  # older entries hold the words alone
            yield f"What was told of action {told.item_id} has another day or state than ledger entry {entry.seq} recorded."
    for entry in recorded.values():
        yield f"What was told of action {entry.data['item']}, in ledger entry {entry.seq}, is no longer here."
