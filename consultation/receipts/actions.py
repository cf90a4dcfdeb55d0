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
from consultation.respondent_pages.encrypted_references import derive_key
from consultation.responses.models import Response

WORD_COUNT = 4
MAX_REVEALS = 2
WORD_LIST_FILE = Path(__file__).with_name("words.txt")


class RevealedWords(NamedTuple):
    words: tuple[str, ...]
    once_more: bool  # they can be shown one more time


@lru_cache(maxsize=1)
def load_word_list() -> tuple[str, ...]:
    """2,048 short, common, neutral words: 11 bits each."""
    return tuple(WORD_LIST_FILE.read_text(encoding="utf-8").split())


def _digest_words(words: Sequence[str]) -> str:
    return hmac.new(derive_key("receipt pepper"), " ".join(words).encode(), hashlib.sha256).hexdigest()


def _choose_words(seed: bytes | None, attempt: int) -> tuple[str, ...]:
    """Four random words, or those derived from a form's secret, so that a reload shows the same ones."""
    if seed is None:
        return tuple(secrets.choice(load_word_list()) for _ in range(WORD_COUNT))
    digest = hmac.digest(derive_key("receipt words"), seed + bytes([attempt]), hashlib.sha256)
    number, size, words = int.from_bytes(digest, "big"), len(load_word_list()), []
    for _ in range(WORD_COUNT):
        number, place = divmod(number, size)
        words.append(load_word_list()[place])
    return tuple(words)


@transaction.atomic
def issue_words(*, response: Response, seed: bytes | None = None) -> tuple[str, ...]:
    """Issue four words for a response; its earlier words stop working. The words are never stored."""
    for attempt in range(16):
        words = _choose_words(seed, attempt)
        taken = Receipt.objects.filter(pk=_digest_words(words)).first()
        if taken is not None and taken.response_id == response.pk:
            return words
        if taken is None:
            Receipt.objects.filter(response=response).delete()
            Receipt.objects.create(digest=_digest_words(words), response=response)
            return words
    raise RuntimeError("no free words were found")


@transaction.atomic
def reveal_words(*, response: Response, seed: bytes) -> RevealedWords | None:
    """The four words for the holder of the thank-you page; None after they were shown twice."""
    words = issue_words(response=response, seed=seed)
    receipt = Receipt.objects.select_for_update().get(pk=_digest_words(words))
    if receipt.shown >= MAX_REVEALS:
        return None
    receipt.shown += 1
    receipt.save(update_fields=["shown"])
    return RevealedWords(words, receipt.shown < MAX_REVEALS)


def parse_words(text: str) -> tuple[str, ...]:
    """Split typed text into words, ignoring case and punctuation."""
    text = unicodedata.normalize("NFKC", text[:200]).casefold()
    return tuple("".join(letter if letter.isalpha() else " " for letter in text).split())


def find_response(words: Sequence[str]) -> Response | None:
    """The response that these four words belong to, or None. Hit and miss cost one query each."""
    digest = _digest_words(words if len(words) == WORD_COUNT else ("", *words))
    found = Receipt.objects.select_related("response__version__page").defer(
        "response__version__content", "response__version__page__body"
    )
    receipt = found.filter(pk=digest).first()
    return receipt.response if receipt else None
