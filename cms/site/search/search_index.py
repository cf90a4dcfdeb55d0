"""Full-text index of public pages in this process's memory.

A child's query never leaves the process: no table, no slow-query log, no other machine. For a few hundred pages this
is faster than a database query, and identical on every database.
"""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

IN_TITLE, IN_WORDS, MOST_IN_WORDS = 6, 1, 3
ENGLISH_SUFFIX = "s"
MOST_WORDS, LONGEST_QUERY = 8, 80
SHORTEST = 2


@dataclass(frozen=True)
class SearchDocument:
    path: str
    title: str
    words: str  # shown under the title
    language: str
    more: str = ""  # searched but not shown


class SearchIndex:
    """Index of one language. Query words match as prefixes; if no page matches all of them, any match counts."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self.documents = list(documents)
        weights: dict[str, dict[int, int]] = defaultdict(dict)
        for number, document in enumerate(self.documents):
            for token in split_tokens(f"{document.words} {document.more}"):
                weights[token][number] = min(weights[token].get(number, 0) + IN_WORDS, MOST_IN_WORDS)
            for token in split_tokens(document.title):
                weights[token][number] = weights[token].get(number, 0) + IN_TITLE
        self._weights = weights
        self._vocabulary = sorted(weights)

    def find(self, text: str) -> list[SearchDocument]:
        found = [self._score_prefix(word) for word in parse_query(text)]
        if not found:
            return []
        every = set.intersection(*(set(each) for each in found))
        wanted = every or set().union(*found)
        scores = {number: sum(each.get(number, 0) for each in found) for number in wanted}
        return [self.documents[number] for number in sorted(scores, key=lambda number: (-scores[number], number))]

    def _score_prefix(self, word: str) -> dict[int, int]:
        """{document number: weight} for words with this prefix; an English plural also finds its singular."""
        exact = self._score_range(word)
        if not exact and word.endswith(ENGLISH_SUFFIX) and len(word) > 3:
            exact = self._score_range(word.removesuffix("es") if word.endswith("es") else word.removesuffix("s"))
        return exact

    def _score_range(self, start: str) -> dict[int, int]:
        scores: dict[int, int] = defaultdict(int)
        place = bisect_left(self._vocabulary, start)
        while place < len(self._vocabulary) and self._vocabulary[place].startswith(start):
            token = self._vocabulary[place]
            for number, weight in self._weights[token].items():
                scores[number] += weight * (2 if token == start else 1)
            place += 1
        return scores


def split_tokens(text: str) -> list[str]:
    found, word = [], []
    for letter in unicodedata.normalize("NFKD", text.casefold()):
        if "\u0300" <= letter <= "\u036f":
            continue
        if unicodedata.category(letter)[0] in "LNM":
            word.append(letter)
        elif word:
            found.append("".join(word))
            word = []
    return [*found, "".join(word)] if word else found


def parse_query(text: str) -> list[str]:
    """Tokens of a query, limited in number and length."""
    words = [word for word in split_tokens(text[:LONGEST_QUERY]) if len(word) >= SHORTEST]
    return list(dict.fromkeys(words))[:MOST_WORDS]
