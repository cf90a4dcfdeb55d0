"""Taking one answer to “Did you hear back?”, or to whether a summary (`about`) has it right. A repeated Send changes
nothing; a flood is kept, and counted nowhere."""

import hashlib
import hmac
import secrets
import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from consultation.questionnaires.closing import closed_on, months_after
from consultation.receipts.erasures import Receipts
from consultation.receipts.heard.models import HeardAnswer, HeardBack
from consultation.respondents.references import derived_key, disclose, enclose

PURPOSE = "heard back"
GOOD_FOR = 24 * 60 * 60
NONCE = 16


def asked_until(consultation: Any) -> date | None:
    """The last day on which a reply is still of use: it is in figures the next morning, and replies go the day after that,
    two years after the close. None: nobody knows yet when that is."""
    closed = closed_on(consultation)
    return months_after(closed, Receipts.MONTHS) - timedelta(days=2) if closed else None


def is_asked(consultation: Any, today: date | None = None) -> bool:
    until = asked_until(consultation)
    return until is None or (today or timezone.localdate()) <= until


def token(consultation: Any, about: str = "") -> str:
    """What the form carries: encrypted, for this consultation, for a day. It says nothing of who asked for the page."""
    return enclose(PURPOSE, secrets.token_bytes(NONCE) + _asked(consultation, about))


def _asked(consultation: Any, about: str) -> bytes:
    return int(consultation.pk).to_bytes(8, "big") + about.encode()


def opened(text: str, consultation: Any, about: str = "") -> bytes | None:
    """The nonce of a token that is ours and for this question; None for any other."""
    payload = disclose(PURPOSE, text, max_age=GOOD_FOR)
    if payload is None or payload[NONCE:] != _asked(consultation, about):
        return None
    return payload[:NONCE]


def answer_id(nonce: bytes) -> uuid.UUID:
    digest = hmac.digest(derived_key("heard answer"), nonce, hashlib.sha256)
    return uuid.UUID(bytes=digest[:16], version=4)


def take(*, consultation: Any, nonce: bytes, choice: str, flood: bool = False, about: str = "") -> bool:
    """Whether it was new. No log line, no trace: an answer is nobody's deed."""
    if choice not in HeardBack.values:
        raise ValueError("no such choice")
    key = answer_id(nonce)
    if HeardAnswer.objects.filter(pk=key).exists():
        return False
    # The same Send, twice at once, is no error: a database's own log says when an error was.
    answer = HeardAnswer(id=key, consultation=consultation, about=about, choice=choice, held=flood)
    HeardAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    return True
