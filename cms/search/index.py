"""Public pages by the words in them, in this process's memory.

What a child looks for never leaves the process: no table, no log of slow queries, no other machine learns it. A site has
hundreds of public pages, not millions, so this is quicker than asking a database, and the same on each of them.
"""

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cms.search.text import asked_for, tokens

KEEP_SECONDS = 120
IN_TITLE, IN_WORDS, MOST_IN_WORDS = 6, 1, 3
ENGLISH_SUFFIX = "s"


@dataclass(frozen=True)
class Document:
    path: str
    title: str
    words: str  # what is shown under the title
    language: str
    more: str = ""  # searched, and not shown


class Index:
    """Of one language. Every word that someone types must begin a word of the page; if no page has all, any will do."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        weights: dict[str, dict[int, int]] = defaultdict(dict)
        for number, document in enumerate(self.documents):
            for token in tokens(f"{document.words} {document.more}"):
                weights[token][number] = min(weights[token].get(number, 0) + IN_WORDS, MOST_IN_WORDS)
            for token in tokens(document.title):
                weights[token][number] = weights[token].get(number, 0) + IN_TITLE
        self._weights = weights
        self._vocabulary = sorted(weights)

    def find(self, text: str) -> list[Document]:
        found = [self._begun_by(word) for word in asked_for(text)]
        if not found:
            return []
        every = set.intersection(*(set(each) for each in found))
        wanted = every or set().union(*found)
        scores = {number: sum(each.get(number, 0) for each in found) for number in wanted}
        return [self.documents[number] for number in sorted(scores, key=lambda number: (-scores[number], number))]

    def _begun_by(self, word: str) -> dict[int, int]:
        """{document: weight} of every word that begins so; "buses" finds "bus" too."""
        exact = self._run(word)
        if not exact and word.endswith(ENGLISH_SUFFIX) and len(word) > 3:
            exact = self._run(word.removesuffix("es") if word.endswith("es") else word.removesuffix("s"))
        return exact

    def _run(self, start: str) -> dict[int, int]:
        scores: dict[int, int] = defaultdict(int)
        place = bisect_left(self._vocabulary, start)
        while place < len(self._vocabulary) and self._vocabulary[place].startswith(start):
            token = self._vocabulary[place]
            for number, weight in self._weights[token].items():
                scores[number] += weight * (2 if token == start else 1)
            place += 1
        return scores


_kept: dict[str, tuple[float, Index]] = {}


def index_of(language: str) -> Index:
    """Made anew every two minutes at most."""
    until, index = _kept.get(language, (0.0, None))
    if index is None or time.monotonic() >= until:
        from cms.search.documents import documents

        index = Index(documents(language))
        _kept[language] = time.monotonic() + KEEP_SECONDS, index
    return index


def forget() -> None:
    _kept.clear()
