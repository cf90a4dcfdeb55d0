"""Similar texts: those that share a text's rarest words. Cheap enough for a page, and the same on both databases.

Rarity is estimated on a sample of texts that this person may see, so similarity reveals nothing about others.
"""

import math
from collections import Counter
from typing import Any

from insights.search.search_terms import folded_words_of

SAMPLE = 300
MOST_WORDS = 6  # of each kind: words also in other sampled texts, and words that the sample lacks
SHORTEST = 3
COMMON = 0.15  # share of the sample above which a word is too common
BEST = 10
LEAST = 0.25  # least score of a similar text


def find_similar_texts(text: str, scope: Any) -> list[Any]:
    """The most similar rows of a scope (AnswerSearch, QuoteSearch), nearest first, without the text itself."""
    words = {word for word in folded_words_of(text) if len(word) >= SHORTEST}
    if not words:
        return []
    sample = scope.sample(SAMPLE)
    seen, size = Counter(word for other in sample for word in set(folded_words_of(other))), len(sample) + 1
    weights = {word: math.log(size / (seen[word] + 1)) for word in words}
    asked = _pick_query_words(words, seen, size)
    found = {other: key for key, other in sorted(scope.find_texts_with_any(asked), reverse=True)} if asked else {}
    found.pop(text, None)
    scored = [
        (-score, str(key), key) for other, key in found.items() if (score := _score_likeness(other, weights)) >= LEAST
    ]
    return scope.rows([key for _, _, key in sorted(scored)[:BEST]])


def _pick_query_words(words: set[str], seen: Counter[str], size: int) -> list[str]:
    """The words to query: separate places for words of other texts and for rare ones, which may find nothing."""
    telling = sorted((word for word in words if seen[word] < COMMON * size), key=lambda word: (seen[word], word))
    others_write = [word for word in telling if seen[word] > 1]
    rare = [word for word in telling if seen[word] <= 1]
    return others_write[:MOST_WORDS] + sorted(rare, key=len, reverse=True)[:MOST_WORDS]


def _score_likeness(text: str, weights: dict[str, float]) -> float:
    """Weight of shared words divided by that of all words of the first text (0 to 1), less for a long other text."""
    words = set(folded_words_of(text))
    shared = sum(weight for word, weight in weights.items() if word in words)
    return shared / (sum(weights.values()) or 1) / math.sqrt(max(1.0, len(words) / (len(weights) * 2)))
