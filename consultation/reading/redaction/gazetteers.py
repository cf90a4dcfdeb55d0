"""The shipped lists of names, places and words, loaded on first use.

Officers add places, staff titles and names that are not personal (`officer_lists`).
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import combining, normalize

ENDINGS = ("'s", "s", "es", "ing", "ed", "er", "ly", "n't", "'ll", "'re", "'ve", "'d", "'m", "in", "in'")
DATA = Path(__file__).parent / "data"
# First names that the English lexicon also lists as words, though people mostly mean the name.
NAMES_FIRST = frozenset(
    "abu alia alma aria aya bobby brad cain charlotte cole derrick donna ebony eva felicity graham harriet harry hugh "
    "jack jai jasmine john joss ken lacey lana len louis lucy lulu mai maria matt maya mei neo peter pierce piers raj "
    "reg rob robin sally sana shah shea sherry sienna sonny sue terry tony victor warren wei william yu yuan jade jay "
    "lily kali aidin ailin aisling aislin albin amberly angelin anis armin asher ashly astin augustin awais billy "
    "carly charly colin collin conner corin cris damin delvin denes denis denys dieter doris dustin elmer ennis "
    "frances hamed hans heily holly jamin james jared jarin jarrin justin kalin keelin keily lester lesly lilly malin "
    "mared marin martin mazin milly moses naveed navin nils oliver polly ramin rashed ravin rolly ross rubin russ "
    "sameer samer severin shain shalin shirin sorin stacey talin tilly torin trystin yamin curt darin deb dory earl "
    "eddy ferris gabby jarred khan lise luisa marina maxim mickey missy myrtle nadir norm patsy randy sibyl serge "
    "waldo wesley winston zena sayed teddy heather hazel daisy poppy ivy".split()
)
# Days, months, seasons and feasts are names only if the words around them say so.
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february march april may june july august september october november december spring summer "
    "autumn winter easter christmas noel ramadan ramadhan eid diwali advent lent mubarak".split()
)


def _read_lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _read_words(name: str) -> list[str]:
    return [word for line in _read_lines(name) for word in line.split()]


@lru_cache(maxsize=20_000)
def fold_accents(word: str) -> str:
    """Lower case without accents: `Siân` becomes `sian`."""
    plain = word.casefold()
    if plain.isascii():
        return plain
    bare = "".join(letter for letter in normalize("NFD", plain) if not combining(letter))
    return bare.replace("ł", "l").replace("đ", "d").replace("ı", "i") if bare.isascii() or "ł" in bare else plain


@cache
def first_names() -> frozenset[str]:
    listed = frozenset(fold_accents(name) for name in _read_words("first_names.txt"))
    months = frozenset("april june august may summer autumn".split())
    return listed - CALENDAR - frozenset(_read_words("odd_names.txt")) - {"my"} | months


@cache
def doubtful_lowercase_names() -> frozenset[str]:
    """First names that are also words, of a language or slang, in small letters."""
    return frozenset(_read_words("small_doubtful.txt"))


@cache
def listed_surnames() -> frozenset[str]:
    return frozenset(fold_accents(name) for name in _read_words("surnames.txt"))


@cache
def names_in_other_scripts() -> frozenset[str]:
    return frozenset(normalize("NFC", name) for name in _read_words("other_scripts.txt"))


@cache
def words_in_other_scripts() -> frozenset[str]:
    return frozenset(normalize("NFC", word) for word in _read_words("script_words.txt"))


@cache
def listed_places() -> frozenset[tuple[str, ...]]:
    """Places smaller than a town, each a tuple of lower-case words."""
    return frozenset(tuple(line.casefold().split()) for line in _read_lines("places.txt"))


@cache
def listed_nicknames() -> frozenset[str]:
    return frozenset(name.casefold() for name in _read_words("nicknames.txt"))


@cache
def everyday_names() -> frozenset[str]:
    return frozenset(_read_words("everyday_names.txt"))


@cache
def listed_towns() -> frozenset[str]:
    return frozenset(line.casefold() for line in _read_lines("towns.txt"))


@cache
def not_names() -> frozenset[str]:
    return frozenset(word.casefold() for word in _read_words("not_names.txt"))


@cache
def famous_first_names() -> frozenset[str]:
    """First names that mean a fictional figure where a story, song or game is mentioned."""
    return frozenset(word.casefold() for word in _read_words("famous.txt"))


@cache
def public_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Public names (`Harry Potter`) as tuples of words, by their first word."""
    return index_by_first_word(_read_lines("public_names.txt"))


def index_by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.casefold().split())
        known.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(runs, key=len, reverse=True)) for first, runs in known.items()}


@cache
def common_words() -> frozenset[str]:
    """English words without a capital: the lexicon of TextBlob, British and informal words."""
    package = find_spec("textblob")  # not imported: only its lexicon file is needed
    if package is None or package.origin is None:
        raise RuntimeError("TextBlob is not installed: its lexicon is needed to tell names from words.")
    path = Path(package.origin).parent / "en" / "en-lexicon.txt"
    words = {word.casefold() for word in _read_words("common_words.txt")}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.partition(" ")
        if not tag.startswith("NNP") and word.islower():
            words.add(word)
    return frozenset(words - NAMES_FIRST)


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether it is an everyday word or an inflection of one."""
    word, known = word.casefold().replace("’", "'"), common_words()
    if word in known:
        return True
    return word not in NAMES_FIRST and any(
        word.endswith(end) and _is_stem(word[: -len(end)], known) for end in ENDINGS
    )


@lru_cache(maxsize=10_000)
def is_misspelt(word: str) -> bool:
    """Whether it is one letter away from an everyday word, or formed like one (`...ness`, `...ation`)."""
    if word.endswith(ABSTRACT):
        return True
    known = common_words()
    letters = range(len(word))
    shorter = (word[:at] + word[at + 1 :] for at in letters)
    swapped = (word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :] for at in letters)
    doubled = (word[: at + 1] + word[at:] for at in letters)
    vowels = (word[:at] + vowel + word[at + (word[at] in VOWELS) :] for at in letters for vowel in VOWELS)
    return len(word) > 4 and any(
        is_common(w) or w in known for made in (shorter, swapped, doubled, vowels) for w in made
    )


VOWELS = "aeiou"
ABSTRACT = tuple("tion tions ness ment ments able ists isms ity ally ological ify ised ized ising".split())


def _is_stem(stem: str, known: frozenset[str]) -> bool:
    if len(stem) < 3:
        return False
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in known
    return stem in known or stem + "e" in known or doubled or (stem[-1] == "i" and stem[:-1] + "y" in known)
