"""Verifying the ledger: the chain itself, and the decisions and quotes against it."""

import hashlib
import hmac

from insights.decisions.actions import content_hash
from insights.decisions.models import Decision, LedgerEntry, QuoteKey
from insights.reports.models import Quote

_proofs: list = []


def proves(proof):
    """A room that enters something registers how it is held to the ledger: from all entries, oldest first, to what is
    amiss in plain words."""
    _proofs.append(proof)
    return proof


def problems():
    """What is amiss, in plain words, each with the entry or decision it concerns; empty when all is whole."""
    broken = LedgerEntry.objects.first_break()
    if broken:
        return [f"Ledger entry {broken[0]}: {broken[1]}."]
    entries = list(LedgerEntry.objects.order_by("seq"))
    return [*_changed_decisions(), *_changed_quotes(), *(found for proof in _proofs for found in proof(entries))]


def _changed_decisions():
    last = {}
    for entry in LedgerEntry.objects.filter(verb__in=["recorded", "changed", "published"]).order_by("seq"):
        last[entry.decision] = entry
    known = set()
    for decision in Decision.objects.order_by("pk"):
        known.add(decision.slug)
        entry = last.get(decision.slug)
        if entry is None:
            yield f"Decision “{decision.slug}” has no ledger entry."
        elif entry.data["content"] != content_hash(decision):
            yield f"Decision “{decision.slug}” no longer says what ledger entry {entry.seq} recorded."
    for slug in sorted(set(last) - known):
        yield f"Decision “{slug}” is in the ledger and no longer here."


def _changed_quotes():
    keys = {key.quote_id: bytes(key.key) for key in QuoteKey.objects.all()}
    for entry in LedgerEntry.objects.filter(verb="cited").order_by("seq"):
        quote_id = entry.data.get("quote")
        if quote_id not in keys:
            continue  # no quote was cited, or it was erased with its key: nothing can be confirmed, and nothing is
        quote = Quote.objects.get(pk=quote_id)
        now = hmac.new(keys[quote_id], quote.text.encode(), hashlib.sha256).hexdigest()
        if now != entry.data["fingerprint"]:
            yield f"Quote {quote_id} no longer says what ledger entry {entry.seq} recorded."
