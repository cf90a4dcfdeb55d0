"""More like this: texts that share its rarest words. Cheap enough for a page, and the same on either database.

How rare a word is says a sample of the texts that this person may see, so likeness, too, tells of nothing else.
"""

import math
from collections import Counter
from typing import Any

from insights.search.words import words_of

SAMPLE = 300
MOST_WORDS = 6  # of each kind: words that others write too, and words so rare that the sample has none
SHORTEST = 3
COMMON = 0.15  # of the sample: a word of so many texts says little
BEST = 10
LEAST = 0.25  # of the weight of the words: below, texts are not alike


def like(text: str, scope: Any) -> list[Any]:
    """The most alike rows of a scope (finding.Answers, finding.Quotable), the nearest first; the text itself is none."""
    words = {word for word in words_of(text) if len(word) >= SHORTEST}
    if not words:
        return []
    seen, size = _seen(scope.sample(SAMPLE))
    weights = {word: math.log(size / (seen[word] + 1)) for word in words}
    asked = _asked(words, seen, size)
    found = {other: key for key, other in sorted(scope.like(asked), reverse=True)} if asked else {}
    found.pop(text, None)
    scored = [(-score, str(key), key) for other, key in found.items() if (score := _alike(other, weights)) >= LEAST]
    return scope.rows([key for _, _, key in sorted(scored)[:BEST]])


def _seen(texts: list[str]) -> tuple[Counter[str], int]:
    return Counter(word for text in texts for word in set(words_of(text))), len(texts) + 1


def _asked(words: set[str], seen: Counter[str], size: int) -> list[str]:
    """A word that nobody else writes finds nobody: so rare ones do not take the places of those that others write."""
    telling = sorted((word for word in words if seen[word] < COMMON * size), key=lambda word: (seen[word], word))
    others_write = [word for word in telling if seen[word] > 1]
    rare = [word for word in telling if seen[word] <= 1]
    return others_write[:MOST_WORDS] + sorted(rare, key=len, reverse=True)[:MOST_WORDS]


def _alike(text: str, weights: dict[str, float]) -> float:
    """The weight of shared words, of the weight of all words of the asking text, less where the other text is long."""
    words = set(words_of(text))
    shared = sum(weight for word, weight in weights.items() if word in words)
    return shared / (sum(weights.values()) or 1) / math.sqrt(max(1.0, len(words) / (len(weights) * 2)))
