"""What the learned score looks at: words, pairs of words, parts of words, kinds of word, and the rules that matched."""

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise

from consultation.reading.screening.normalise import Normalised
from consultation.reading.screening.rules import Hit, load

BLOCKS = ("word", "char", "kind", "beside", "rule")
WEIGHTS = {"word": 1.0, "char": 0.7, "kind": 0.5, "beside": 0.5, "rule": 0.15}
REACH = 4  # how far from a kind of word the words beside it may stand
KIND_REACH = 6  # how far apart two kinds of word may stand
LONG = 24  # a longer "word" is a run of letters that will not come again: not worth remembering
REMEMBERED = 10_000
Parts = Callable[[str], tuple[str, ...]]


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """`hits`, `hitting` and `hit` are one word here. Rough, and the same for every language in Latin letters."""
    for ending, instead, least in (("ing", "", 5), ("ied", "y", 5), ("ed", "", 4), ("ies", "y", 5), ("s", "", 4)):
        if len(word) >= least and word.endswith(ending) and not (ending == "s" and word.endswith("ss")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "se":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """word -> its kinds; read once, on first use."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in load("kinds.yaml").items():
        for word in dict.fromkeys(str(words).split()):
            found[word] = (*found.get(word, ()), kind)
    return found


def word_features(words: list[str]) -> list[str]:
    return words + [f"{a} {b}" for a, b in pairwise(words)]


@lru_cache(REMEMBERED)
def parts_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    size = len(padded)
    return tuple(
        padded[start : start + length] for length in range(2, min(5, size) + 1) for start in range(size - length + 1)
    )


def char_features(words: list[str], parts: Parts = parts_of) -> list[str]:
    return [part for word in words for part in (parts(word) if len(word) < LONG else parts_of.__wrapped__(word))]


def stems_of(words: list[str]) -> list[str]:
    return [stem(word) if len(word) < LONG else word for word in words]


def kinds_of(words: list[str], stems: list[str]) -> list[tuple[str, ...]]:
    known = kinds().get
    return [known(word) or known(root) or () for word, root in zip(words, stems, strict=True)]


def kind_features(found: list[tuple[str, ...]]) -> list[str]:
    """Which kinds of word there are, and which follow which within a few words."""
    pairs: list[str] = []
    for at, here in enumerate(found):
        pairs += here
        if here:
            later = [kind for kinds_there in found[at + 1 : at + KIND_REACH + 1] for kind in kinds_there]
            pairs += [f"{kind}>{other}" for kind in here for other in later]
    return pairs


def beside_features(found: list[tuple[str, ...]], stems: list[str]) -> list[str]:
    """Which words stand beside which kinds, before and after."""
    pairs: list[str] = []
    for at, here in enumerate(found):
        for kind in here:
            pairs += [f"{root}+{kind}" for root in stems[max(0, at - REACH) : at]]
            pairs += [f"{kind}+{root}" for root in stems[at + 1 : at + REACH + 1]]
    return pairs


def rule_features(hits: list[Hit], places: dict[str, list[int]]) -> set[str]:
    found = {f"lexicon:{name}" for name in places}
    found.update(f"category:{hit.category}" for hit in hits)
    found.update(f"rule:{hit.rule}" for hit in hits)
    if hits:
        found.add("any")
        found.add(f"categories:{min(len({hit.category for hit in hits}), 4)}")
    return found


def extract(
    text: Normalised, hits: list[Hit], places: dict[str, list[int]], parts: Parts = parts_of
) -> dict[str, set[str]]:
    """What there is, by block. How often it is there says little in an answer of two lines."""
    words = [token.word for token in text.tokens]
    stems = stems_of(words)
    found = kinds_of(words, stems)
    return {
        "word": set(word_features(stems)),
        "char": set(char_features(words, parts)),
        "kind": set(kind_features(found)),
        "beside": set(beside_features(found, stems)),
        "rule": rule_features(hits, places),
    }
