"""What the learned score looks at: words, pairs of words, parts of words, and the rules that matched."""

from collections import Counter
from itertools import pairwise
from math import log

from consultation.reading.screening.normalise import Normalised
from consultation.reading.screening.rules import Hit

BLOCKS = ("word", "skip", "char", "rule")
WEIGHTS = {"word": 1.0, "skip": 0.5, "char": 0.7, "rule": 0.15}
REACH = 4  # how far apart the words of a pair may stand
LONGEST = 400  # tokens; a longer answer is scored in pieces


def word_features(words: list[str]) -> Counter[str]:
    found = Counter(words)
    found.update(f"{a} {b}" for a, b in pairwise(words))
    return found


def skip_features(words: list[str]) -> Counter[str]:
    return Counter(f"{word}_{later}" for at, word in enumerate(words) for later in words[at + 2 : at + REACH + 1])


def char_features(words: list[str]) -> Counter[str]:
    parts: list[str] = []
    for word in words:
        padded = f" {word} "
        size = len(padded)
        for length in range(2, min(5, size) + 1):
            parts += [padded[start : start + length] for start in range(size - length + 1)]
    return Counter(parts)


def rule_features(hits: list[Hit], places: dict[str, list[int]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for hit in hits:
        found[f"category:{hit.category}"] = found[f"rule:{hit.rule}"] = 1.0
    for name in places:
        found[f"lexicon:{name}"] = 1.0
    found["categories"] = min(len({hit.category for hit in hits}), 4) / 4
    found["any"] = float(bool(hits))
    return found


def extract(text: Normalised, hits: list[Hit], places: dict[str, list[int]]) -> dict[str, dict[str, float]]:
    """Raw values by block; words and parts of words are damped (1 + log of the count)."""
    words = [token.word for token in text.tokens]
    counted = {"word": word_features(words), "skip": skip_features(words), "char": char_features(words)}
    blocks = {
        name: {feature: 1.0 if n == 1 else 1.0 + log(n) for feature, n in found.items()}
        for name, found in counted.items()
    }
    blocks["rule"] = rule_features(hits, places)
    return blocks
