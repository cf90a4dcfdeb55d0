"""Similarity of texts within a flood. Only answers excluded from figures get a mark. Marks are keyed digests: from the
table alone nobody can test which words a mark stands for.

A mark is `near:same`. `same` is equal when the words are equal, ignoring case, accents, look-alikes, signs, numbers,
spaces and repeated letters. `near_part` is equal for most texts that share most pairs of neighbouring words (MinHash, one
hash); candidates are compared word by word before a reader sees them as similar.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

from consultation.domain.letter_folding import fold_letters
from consultation.respondent_pages.encrypted_references import derive_key

WORD = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"(.)\1+")
MOST_WORDS = 400
CLOSE = 0.6  # shared part of all word pairs: one or two words in ten may differ


def normalised_words(text: str) -> list[str]:
    return [REPEATED.sub(r"\1", word) for word in WORD.findall(fold_letters(text))[:MOST_WORDS]]


def word_pairs(words: list[str]) -> set[str]:
    """Pairs of neighbouring words; for a single word, the word itself."""
    return {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)} or set(words)


def _keyed_digest(text: str) -> str:
    return hmac.digest(derive_key("texts alike"), text.encode("utf-8", "replace"), hashlib.sha256).hex()[:16]


def similarity_mark(text: str) -> str:
    """The mark of a text; "" without words, since a number alone may be somebody's telephone."""
    words = normalised_words(text)
    if not words:
        return ""
    return f"{min(map(_keyed_digest, word_pairs(words)))}:{_keyed_digest(' '.join(words))}"


def near_part(mark: str) -> str:
    return mark.partition(":")[0]


def shared_pair_ratio(one: Iterable[str], other: Iterable[str]) -> float:
    """The Jaccard similarity of two sets of word pairs, 0 to 1."""
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one or other else 0.0
