"""Telling that two texts of a flood say the same. Only texts of held answers are marked, and under a key of our own:
whoever has the table alone cannot try out what a mark stands for.

A mark is `near:same`. `same` is equal where the words are: case, signs, numbers, spaces and repeated letters do not
count. `near` is equal for most texts that share most pairs of neighbouring words (MinHash); what it brings together
is compared word by word before anybody is told that it is alike.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

from consultation.respondents.references import derived_key

WORD = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"(.)\1+")
MOST_WORDS = 400
CLOSE = 0.6  # of all pairs that either text has: a word or two in ten may differ


def words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [REPEATED.sub(r"\1", word) for word in WORD.findall(plain)[:MOST_WORDS]]


def pairs(words: list[str]) -> set[str]:
    """Pairs of neighbours; the word itself where there is only one."""
    return {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)} or set(words)


def _keyed(text: str) -> str:
    return hmac.digest(derived_key("texts alike"), text.encode("utf-8", "replace"), hashlib.sha256).hex()[:16]


def mark(text: str) -> str:
    """ "" for a text without words: a number alone may be somebody's telephone."""
    words = words_of(text)
    if not words:
        return ""
    return f"{min(map(_keyed, pairs(words)))}:{_keyed(' '.join(words))}"


def near(mark: str) -> str:
    return mark.partition(":")[0]


def closeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How many of all pairs two texts share."""
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one or other else 0.0
