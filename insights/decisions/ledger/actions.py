"""Sign the ledger's head once a day, after a full verification; deletions of cited quotes are recorded first."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from insights.decisions.ledger import head_signing
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.models import Citation, LedgerEntry

SIGNED, TAKEN_BACK = "head signed", "words taken back"


class BrokenLedger(Exception):
    """The ledger does not verify: nothing is signed, and the sweep fails until a person has resolved it."""


def _append_system_entry(verb: str, slug: str, day: str, **data: Any) -> LedgerEntry:
    entry: LedgerEntry = LedgerEntry.objects.append(day=day, actor="", verb=verb, decision=slug, data=data)
    return entry


def sign_when_due(today: date | None = None) -> LedgerHead | None:
    """Sign if a past day has entries that no head covers."""
    today = today or timezone.localdate()
    last = LedgerHead.objects.order_by("-seq").first()
    waiting = LedgerEntry.objects.filter(seq__gt=last.seq if last else 0, day__lt=today.isoformat())
    return sign_head(today) if waiting.exists() else None


def sign_head(today: date | None = None) -> LedgerHead | None:
    """Sign the ledger's head; None when today's is signed already. Raises BrokenLedger where entries were altered.

    The signed entry holds a random salt, so the public head tells nothing of the ledger's content. Verification runs
    before the lock is taken, so that no respondent's submission waits for it.
    """
    day = (today or timezone.localdate()).isoformat()
    if LedgerHead.objects.filter(day__gte=day).exists():
        return None
    if found := list_ledger_problems():
        raise BrokenLedger(" ".join(found[:5]))
    return _sign_locked_ledger(day)


@transaction.atomic
def _sign_locked_ledger(day: str) -> LedgerHead | None:
    LedgerEntry.objects.lock()
    if LedgerHead.objects.filter(day__gte=day).exists():
        return None  # another worker was faster
    note_words_taken_back(day)
    head = _append_system_entry(SIGNED, "", day, salt=secrets.token_hex(16))
    key, signature = head_signing.sign_head_message(day, head.seq, head.hash)
    return LedgerHead.objects.create(day=day, seq=head.seq, hash=head.hash, key=key, signature=signature)


def note_words_taken_back(day: str) -> int:
    """Append a deletion marker for each cited quote that was erased, without its words or time; returns the number.

    Runs at the end of a day, in the order of ids, so that an entry's place does not tell the hour of a withdrawal.
    """
    noted = set(LedgerEntry.objects.filter(verb=TAKEN_BACK).values_list("decision", "data__quote"))
    gone = Citation.objects.filter(quote__erased=True).order_by("quote_id", "decision_id")
    fresh = [pair for pair in gone.values_list("decision__slug", "quote_id") if pair not in noted]
    for slug, quote in fresh:
        _append_system_entry(TAKEN_BACK, slug, day, quote=quote)
    return len(fresh)
