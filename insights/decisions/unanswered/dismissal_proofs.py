"""Proof: dismissals still match what the ledger recorded."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from insights.decisions.ledger_entries import proofs_asked
from insights.decisions.models import LedgerEntry
from insights.decisions.unanswered.models import Dismissal


@receiver(proofs_asked)
def prove_dismissals(entries: list[LedgerEntry], **_: Any) -> Iterator[str]:
    recorded = {entry.data["dismissal"]: entry for entry in entries if entry.verb == "newer evidence dismissed"}
    for made in Dismissal.objects.select_related("decision").order_by("pk"):
        entry = recorded.pop(made.pk, None)
        if entry is None:
            yield f"A dismissal about “{made.decision.slug}” has no ledger entry."
        elif entry.data["reason"] != hashlib.sha256(made.reason.encode()).hexdigest():
            yield f"The reason of a dismissal about “{made.decision.slug}” is not what ledger entry {entry.seq} recorded."
    for entry in recorded.values():
        yield f"A dismissal about “{entry.decision}” (ledger entry {entry.seq}) is no longer here."
