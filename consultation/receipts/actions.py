"""Receipts: four words that lead back to a response. Only what they derive to is stored (A8)."""

import secrets
import unicodedata
from typing import NamedTuple

from django.db import transaction

from consultation.receipts.models import Receipt
from consultation.respondent_pages.four_words import WORD_COUNT, HashedWords, derive_words, hash_words, load_word_list
from consultation.respondent_pages.slow_hash import own_words
from consultation.responses.models import Response

MAX_REVEALS = 2


class RevealedWords(NamedTuple):
    words: tuple[str, ...]
    once_more: bool  # they can be shown one more time


PEPPER = "receipt pepper"


def _choose_words(seed: bytes | None, attempt: int) -> tuple[str, ...]:
    """Four random words, or those derived from a form's secret."""
    if seed is None:
        return tuple(secrets.choice(load_word_list()) for _ in range(WORD_COUNT))
    return derive_words("receipt words", seed + bytes([attempt]))


def issue_words(*, response: Response, seed: bytes | None = None) -> tuple[str, ...]:
    """Issue four words for a response; its earlier words stop working. The words are never stored."""
    return _issue_words(response, seed)[0]


def _issue_words(response: Response, seed: bytes | None) -> tuple[tuple[str, ...], str]:
    """The words and their digest. They are hashed before the transaction, which no other has to wait for."""
    for attempt in range(16):
        words = _choose_words(seed, attempt)
        digests = hash_words(words, own_words).list_digests(PEPPER)
        if digest := _keep_digest(response, digests):
            return words, digest
    raise RuntimeError("no free words were found")


@transaction.atomic
def _keep_digest(response: Response, digests: list[str]) -> str:
    """The digest under which the response has its receipt; "" when these words are another's."""
    taken = Receipt.objects.filter(pk__in=digests).first()
    if taken is not None:
        return taken.pk if taken.response_id == response.pk else ""
    Receipt.objects.filter(response=response).delete()
    Receipt.objects.create(digest=digests[0], response=response)
    return digests[0]


def reveal_words(*, response: Response, seed: bytes) -> RevealedWords | None:
    """The four words for the holder of the thank-you page; None after they were shown twice."""
    if Receipt.objects.filter(response=response, shown__gte=MAX_REVEALS).exists():
        return None  # without a hash: a page that is sent again and again takes no place of others
    words, digest = _issue_words(response, seed)
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update().get(pk=digest)
        if receipt.shown >= MAX_REVEALS:
            return None
        receipt.shown += 1
        receipt.save(update_fields=["shown"])
    return RevealedWords(words, receipt.shown < MAX_REVEALS)


def parse_words(text: str) -> tuple[str, ...]:
    """Split typed text into words, ignoring case and punctuation."""
    text = unicodedata.normalize("NFKC", text[:200]).casefold()
    return tuple("".join(letter if letter.isalpha() else " " for letter in text).split())


def find_response(words: HashedWords) -> Response | None:
    """The response that these four words belong to, or None. Hit and miss cost one query each."""
    found = Receipt.objects.select_related("response__version__page").defer(
        "response__version__content", "response__version__page__body"
    )
    receipt = found.filter(pk__in=words.list_digests(PEPPER)).first()
    return receipt.response if receipt else None
