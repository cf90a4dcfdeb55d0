"""Words, their character n-grams and their concept groups, cached for each word."""

import re
from functools import cache, lru_cache
from pathlib import Path

# Letters and digits with inner apostrophes or hyphens; combining marks stay inside Indic and Arabic words.
_MARK = (
    r"\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a71"
)
WORD = re.compile(rf"(?:[^\W_]|[{_MARK}])+(?:['’-](?:[^\W_]|[{_MARK}])+)*")
CONCEPTS_FILE = Path(__file__).with_name("concepts.txt")
SHORTEST, LONGEST = 3, 5


def split_words(text):
    return WORD.findall(text)


@lru_cache(maxsize=200_000)
def character_ngrams(word):
    """Character n-grams of a word with a blank on each side, so that misspellings share most of them."""
    padded = f" {word} "
    sizes = range(SHORTEST, min(LONGEST, len(padded)) + 1)
    return tuple(padded[start : start + size] for size in sizes for start in range(len(padded) - size + 1))


class ConceptGroups:
    """The concept groups of concepts.txt, looked up by word or by word pair."""

    def __init__(self, lines):
        self.names, self.exact, self.prefixes, self.phrases = [], {}, {}, {}
        for line in lines:
            name, _, words = line.partition(":")
            self._add_words(len(self.names), words.split())
            self.names.append(name)

    def _add_words(self, group, words):
        for word in words:
            if "_" in word:
                self.phrases.setdefault(tuple(word.split("_")), set()).add(group)
            elif word.endswith("*"):
                self.prefixes.setdefault(word[:-1], set()).add(group)
            else:
                self.exact.setdefault(word, set()).add(group)

    @lru_cache(maxsize=200_000)  # noqa: B019 - one instance a process, see concepts()
    def of_word(self, word):
        word = word.replace("’", "").replace("'", "")
        found = set(self.exact.get(word, ()))
        for end in range(3, len(word) + 1):
            found |= self.prefixes.get(word[:end], set())
        return tuple(sorted(found))

    def of_pair(self, first, second):
        return tuple(sorted(self.phrases.get((first, second), ())))


@cache
def load_concepts():
    lines = CONCEPTS_FILE.read_text(encoding="utf-8").splitlines()
    return ConceptGroups([line for line in lines if line and not line.startswith("#")])
