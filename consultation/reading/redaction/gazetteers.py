"""Lists of names, places and words, read once on first use. Officers edit the place list; the others ship."""

from functools import cache
from pathlib import Path

ENDINGS = ("'s", "s", "es", "ing", "ed", "er", "ly", "n't", "'ll", "'re", "'ve", "'d", "'m")
DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def first_names() -> frozenset[str]:
    return frozenset(name.casefold() for line in _lines("first_names.txt") for name in line.split())


@cache
def surnames() -> frozenset[str]:
    return frozenset(name.casefold() for line in _lines("surnames.txt") for name in line.split())


@cache
def names_in_other_scripts() -> frozenset[str]:
    return frozenset(name for line in _lines("other_scripts.txt") for name in line.split())


@cache
def places() -> frozenset[tuple[str, ...]]:
    """Places finer than a town, as lower-case words."""
    return frozenset(tuple(line.casefold().split()) for line in _lines("places.txt"))


@cache
def nicknames() -> frozenset[str]:
    return frozenset(name.casefold() for line in _lines("nicknames.txt") for name in line.split())


@cache
def towns() -> frozenset[str]:
    return frozenset(line.casefold() for line in _lines("towns.txt"))


@cache
def not_names() -> frozenset[str]:
    return frozenset(word.casefold() for line in _lines("not_names.txt") for word in line.split())


@cache
def common_words() -> frozenset[str]:
    """English words that are written without a capital: the lexicon of TextBlob and the words of the answers."""
    import textblob.en

    words = set(_lines("common_words.txt"))
    path = Path(textblob.en.__file__).parent / "en-lexicon.txt"
    with path.open(encoding="utf-8") as file:
        for line in file:
            word, _, tag = line.partition(" ")
            if not word.startswith(";;;") and word == word.lower() and not tag.startswith("NNP"):
                words.add(word)
    return frozenset(words)


def is_common(word: str) -> bool:
    """An everyday word, or an ending of one."""
    word, known = word.casefold().replace("’", "'"), common_words()
    if word in known:
        return True
    return any(word.endswith(end) and _is_stem(word[: -len(end)], known) for end in ENDINGS)


def _is_stem(stem: str, known: frozenset[str]) -> bool:
    return len(stem) > 2 and (stem in known or stem + "e" in known)
