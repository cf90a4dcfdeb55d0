"""Saves a poll answer: “Did you hear back?”, or the member check or decision poll that `about` names.

A repeated Send changes nothing; answers of a flood are stored but excluded from figures.
"""

import hashlib
import hmac
import secrets
import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from consultation.receipts.erasures import ReceiptErasure
from consultation.receipts.heard_back.models import HeardAnswer, HeardBackChoice
from consultation.respondent_pages.encrypted_references import decrypt_reference, derive_key, encrypt_reference
from consultation.surveys.closing_day import add_months, find_closing_day

PURPOSE = "heard back"
GOOD_FOR = 24 * 60 * 60
NONCE = 16


def last_poll_day(consultation: Any) -> date | None:
    """The last day on which a reply can reach the figures: they are made the next morning, and replies are erased the
    day after, two years after the close. None: the close is not known yet."""
    closed = find_closing_day(consultation)
    return add_months(closed, ReceiptErasure.MONTHS) - timedelta(days=2) if closed else None


def is_poll_open(consultation: Any) -> bool:
    until = last_poll_day(consultation)
    return until is None or timezone.localdate() <= until


def issue_poll_token(consultation: Any, about: str = "") -> str:
    """The form's encrypted token: valid for this poll for a day, and unrelated to who loads the page."""
    return encrypt_reference(PURPOSE, secrets.token_bytes(NONCE) + _encode_poll(consultation, about))


def _encode_poll(consultation: Any, about: str) -> bytes:
    return int(consultation.pk).to_bytes(8, "big") + about.encode()


def decrypt_poll_token(text: str, consultation: Any, about: str = "") -> bytes | None:
    """The nonce of a valid token for this poll; None for any other."""
    payload = decrypt_reference(PURPOSE, text, max_age=GOOD_FOR)
    if payload is None or payload[NONCE:] != _encode_poll(consultation, about):
        return None
    return payload[:NONCE]


def derive_answer_id(nonce: bytes) -> uuid.UUID:
    digest = hmac.digest(derive_key("heard answer"), nonce, hashlib.sha256)
    return uuid.UUID(bytes=digest[:16], version=4)


def save_poll_answer(*, consultation: Any, nonce: bytes, choice: str, flood: bool = False, about: str = "") -> bool:
    """Save an answer; returns whether it was new. Not audited: no person may be linked to it."""
    if choice not in HeardBackChoice.values:
        raise ValueError("no such choice")
    key = derive_answer_id(nonce)
    if HeardAnswer.objects.filter(pk=key).exists():
        return False
    # Two identical Sends at once must raise no database error: the database's log would record the time.
    answer = HeardAnswer(id=key, consultation=consultation, about=about, choice=choice, excluded_from_figures=flood)
    HeardAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    return True
