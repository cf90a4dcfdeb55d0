"""Receipts: four words that lead back to a response. Only their HMAC is stored (A8)."""

import secrets
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from consultation.receipts.models import Receipt
from consultation.respondent_pages.four_words import WORD_COUNT, derive_from_words, derive_words, load_word_list
from consultation.responses.models import Response

MAX_REVEALS = 2


class RevealedWords(NamedTuple):
    words: tuple[str, ...]
    once_more: bool  # they can be shown one more time


def _digest_words(words: Sequence[str]) -> str:
    return derive_from_words("receipt pepper", words).hex()


def _choose_words(seed: bytes | None, attempt: int) -> tuple[str, ...]:
    """Four random words, or those derived from a form's secret."""
    if seed is None:
        return tuple(secrets.choice(load_word_list()) for _ in range(WORD_COUNT))
    return derive_words("receipt words", seed + bytes([attempt]))


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
    found = Receipt.objects.select_related("response__version__page").defer(
        "response__version__content", "response__version__page__body"
    )
    receipt = found.filter(pk=_digest_words(words)).first()
    return receipt.response if receipt else None
