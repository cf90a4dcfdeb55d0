"""Receipts: four words that lead back to a response. Only their HMAC is stored (A8)."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from consultation.receipts.models import Receipt
from consultation.respondents.references import derived_key
from consultation.responses.models import Response

WORDS = 4
MOST_SHOWN = 2
LIST = Path(__file__).with_name("words.txt")


class Told(NamedTuple):
    words: tuple[str, ...]
    once_more: bool  # they can be shown one more time


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """2,048 short, common, neutral words: 11 bits each."""
    return tuple(LIST.read_text(encoding="utf-8").split())


def _digest(words: Sequence[str]) -> str:
    return hmac.new(derived_key("receipt pepper"), " ".join(words).encode(), hashlib.sha256).hexdigest()


def _chosen(seed: bytes | None, attempt: int) -> tuple[str, ...]:
    """Four random words, or those derived from a form's secret, so that a reload shows the same ones."""
    if seed is None:
        return tuple(secrets.choice(word_list()) for _ in range(WORDS))
    digest = hmac.digest(derived_key("receipt words"), seed + bytes([attempt]), hashlib.sha256)
    number, size, words = int.from_bytes(digest, "big"), len(word_list()), []
    for _ in range(WORDS):
        number, place = divmod(number, size)
        words.append(word_list()[place])
    return tuple(words)


@transaction.atomic
def issue(*, response: Response, seed: bytes | None = None) -> tuple[str, ...]:
    """Issue four words for a response; its earlier words stop working. The words are never stored."""
    for attempt in range(16):
        words = _chosen(seed, attempt)
        taken = Receipt.objects.filter(pk=_digest(words)).first()
        if taken is not None and taken.response_id == response.pk:
            return words
        if taken is None:
            Receipt.objects.filter(response=response).delete()
            Receipt.objects.create(digest=_digest(words), response=response)
            return words
    raise RuntimeError("no free words were found")


@transaction.atomic
def tell(*, response: Response, seed: bytes) -> Told | None:
    """The four words for the holder of the thank-you page; None after they were shown twice."""
    words = issue(response=response, seed=seed)
    receipt = Receipt.objects.select_for_update().get(pk=_digest(words))
    if receipt.shown >= MOST_SHOWN:
        return None
    receipt.shown += 1
    receipt.save(update_fields=["shown"])
    return Told(words, receipt.shown < MOST_SHOWN)


def spelled(text: str) -> tuple[str, ...]:
    """Split typed text into words, ignoring case and punctuation."""
    text = unicodedata.normalize("NFKC", text[:200]).casefold()
    return tuple("".join(letter if letter.isalpha() else " " for letter in text).split())


def look_up(words: Sequence[str]) -> Response | None:
    """The response that these four words belong to, or None. Hit and miss cost one query each."""
    digest = _digest(words if len(words) == WORDS else ("", *words))
    found = Receipt.objects.select_related("response__version__page").defer(
        "response__version__content", "response__version__page__body"
    )
    receipt = found.filter(pk=digest).first()
    return receipt.response if receipt else None
