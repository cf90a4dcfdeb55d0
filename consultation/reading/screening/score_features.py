"""Features of the learned score: words, word pairs, parts of words, kinds of word, and the rules that matched."""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain, pairwise
from sys import intern
from typing import NamedTuple

from consultation.reading.screening.indicator_rules import RuleMatch, load_yaml_data
from consultation.reading.screening.text_normalisation import NormalisedText

WEIGHTS = {"word": 1.0, "char": 0.7, "kind": 0.5, "beside": 0.5, "rule": 0.15}
REACH = 4  # words on either side of a kind of word
KIND_REACH = 6  # words between two kinds of word
LONG = 24  # a longer "word" hardly comes again: not cached
REMEMBERED = 10_000


@lru_cache(REMEMBERED)
def stem_word(word: str) -> str:
    """A rough stem: `hits`, `hitting` and `hit` become one. The same for every language in Latin letters."""
    for ending, instead, least in (("ing", "", 5), ("ied", "y", 5), ("ed", "", 4), ("ies", "y", 5), ("s", "", 4)):
        if len(word) >= least and word.endswith(ending) and not (ending == "s" and word.endswith("ss")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "se":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@cache
def load_word_kinds() -> dict[str, tuple[str, ...]]:
    """{word: its kinds}, loaded on first use."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in load_yaml_data("kinds.yaml").items():
        for word in dict.fromkeys(str(words).split()):
            found[word] = (*found.get(word, ()), kind)
    return found


def word_parts(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    size = len(padded)
    return tuple(
        padded[start : start + length] for length in range(2, min(5, size) + 1) for start in range(size - length + 1)
    )


def stem_words(words: list[str]) -> list[str]:
    return [stem_word(word) if len(word) < LONG else word for word in words]


def kind_features(found: list[tuple[str, ...]]) -> list[str]:
    """Kinds of word in the text, and pairs of kinds within KIND_REACH words."""
    pairs: list[str] = []
    for at, here in enumerate(found):
        pairs += here
        if here:
            later = [kind for kinds_there in found[at + 1 : at + KIND_REACH + 1] for kind in kinds_there]
            pairs += [f"{kind}>{other}" for kind in here for other in later]
    return pairs


def beside_features(found: list[tuple[str, ...]], stems: list[str]) -> list[str]:
    """Pairs of a kind of word and a word within REACH before or after it."""
    pairs: list[str] = []
    for at, here in enumerate(found):
        for kind in here:
            pairs += [f"{root}+{kind}" for root in stems[max(0, at - REACH) : at]]
            pairs += [f"{kind}+{root}" for root in stems[at + 1 : at + REACH + 1]]
    return pairs


def rule_features(hits: list[RuleMatch], places: dict[str, list[int]]) -> set[str]:
    found = {f"lexicon:{name}" for name in places}
    found.update(f"category:{hit.category}" for hit in hits)
    found.update(f"rule:{hit.rule}" for hit in hits)
    if hits:
        found |= {"any", f"categories:{min(len({hit.category for hit in hits}), 4)}"}
    return found


class FeatureInput(NamedTuple):
    words: list[str]
    stems: list[str]
    kinds: list[tuple[str, ...]]
    hits: list[RuleMatch]
    places: dict[str, list[int]]

    @classmethod
    def of(cls, text: NormalisedText, hits: list[RuleMatch], places: dict[str, list[int]]) -> "FeatureInput":
        words = [token.word for token in text.tokens]
        stems, known = stem_words(words), load_word_kinds().get
        kinds = [known(word) or known(root) or () for word, root in zip(words, stems, strict=True)]
        return cls(words, stems, kinds, hits, places)

    def parts(self) -> Iterable[str]:
        """Parts of each distinct word; a part that two words share occurs twice."""
        return chain.from_iterable(map(word_parts, set(self.words)))


# Sets rather than counts: in two lines frequency says little. Parts count once a distinct word, so that the sum of a
# word's parts can be cached.
BLOCKS: dict[str, Callable[[FeatureInput], Iterable[str]]] = {
    "word": lambda seen: {*seen.stems, *map(" ".join, pairwise(seen.stems))},
    "char": FeatureInput.parts,
    "kind": lambda seen: set(kind_features(seen.kinds)),
    "beside": lambda seen: set(beside_features(seen.kinds, seen.stems)),
    "rule": lambda seen: rule_features(seen.hits, seen.places),
}


def extract_features(seen: FeatureInput) -> dict[str, list[str]]:
    """Sorted features by block. Strings are interned, since many answers share them."""
    return {name: sorted(map(intern, look(seen))) for name, look in BLOCKS.items()}
