"""Folding of words for comparison, and parsing of search terms, for every script. Pure.

A word of four letters or more also finds words that begin with it ("light" finds "lights"), a star does so for a
shorter one ("bu*"), and quotation marks find exactly these words in this order.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LETTERS = 200
MOST_TERMS = 8
LONG_ENOUGH = 4  # letters from which a word also finds longer words
SHORTEST_BEGINNING = 2
# Letters, digits and combining marks: `\w` alone splits Bengali and Gurmukhi words at each vowel.
WORD = re.compile(
    r"(?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff])+"
)
PLAIN_WORD = re.compile(r"[A-Za-z0-9]+")  # the same for ASCII texts, three times faster
ON_LETTERS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0670]")
PART = re.compile(r'"([^"]*)"|([^\s"]+)')
CURLED = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True)
class SearchTerm:
    """Consecutive words. `begins`: the last one also matches as the beginning of a longer word."""

    words: tuple[str, ...]
    begins: bool = False
    exact: bool = False  # typed in quotation marks

    def __str__(self) -> str:
        said = " ".join(self.words)
        return f'"{said}"' if self.exact else said

    def starts_at(self, words: list[str], place: int) -> bool:
        last = place + len(self.words) - 1
        if last >= len(words) or any(words[place + n] != word for n, word in enumerate(self.words[:-1])):
            return False
        return words[last].startswith(self.words[-1]) if self.begins else words[last] == self.words[-1]


def fold_text(text: str) -> str:
    """Lower-case text without combining marks: ż becomes z, and Arabic loses its vowel signs."""
    if text.isascii():
        return text.lower()
    plain = ON_LETTERS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return plain.replace("ł", "l")


# Letters that every normal form decomposes but keyboards type as one: Bengali য়, Gurmukhi ਸ਼.
AS_ONE = {
    "".join(map(chr, parts)): chr(code)
    for code in range(0x0900, 0x0E00)
    if len(parts := [int(part, 16) for part in unicodedata.decomposition(chr(code)).split()]) > 1
}


def stored_spellings(words: str) -> list[str]:
    """The spellings in which the same words may be stored."""
    composed = unicodedata.normalize("NFC", words)
    as_one = composed
    for apart, one in AS_ONE.items():
        as_one = as_one.replace(apart, one)
    return sorted({words, composed, as_one})


def folded_words_of(text: str) -> list[str]:
    return split_words(fold_text(text))


def split_words(text: str) -> list[str]:
    return (PLAIN_WORD if text.isascii() else WORD).findall(text)


def holds_terms(text: str, terms: Iterable[SearchTerm], *, some: bool = False) -> bool:
    """Whether a text holds all terms (`some`: any term), as the databases match them."""
    words = folded_words_of(text)
    stand = [any(term.starts_at(words, place) for place in range(len(words))) for term in terms]
    return bool(stand) and (any(stand) if some else all(stand))


def parse_terms(text: str) -> tuple[SearchTerm, ...]:
    """The terms of a typed search. No part of it is ever interpreted as a command."""
    terms = []
    for quoted, bare in PART.findall(text[:MOST_LETTERS].translate(CURLED)):
        if words := tuple(folded_words_of(quoted or bare)):
            starred = bare.endswith("*") and len(words[-1]) >= SHORTEST_BEGINNING
            begins = bool(bare) and (starred or len(words[-1]) >= LONG_ENOUGH)
            terms.append(SearchTerm(words, begins, exact=not bare))
    return tuple(terms[:MOST_TERMS])
