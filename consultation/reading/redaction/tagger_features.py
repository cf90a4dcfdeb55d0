"""Features of the tagger for each word: the word, the lists that have it, its neighbours, and a platform near by."""

import re
from functools import cache, lru_cache

from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.gazetteers import (
    CALENDAR,
    doubtful_lowercase_names,
    first_names,
    is_common,
    is_misspelt,
    listed_nicknames,
    listed_surnames,
    listed_towns,
    not_names,
)
from consultation.reading.redaction.online_handles import PLATFORM
from consultation.reading.redaction.person_vocabulary import COURTESY, KIN, TITLES, WORKER
from consultation.reading.redaction.place_vocabulary import ORG, PLACE, SCHOOL, STREET

ON = re.compile(rf"\b(?:{PLATFORM})\b", re.IGNORECASE)
BEFORE, AFTER = 50, 30  # characters within which a platform counts as near
LONG, STEP = 60, 6  # longest answer in words, and the step of the length feature


@lru_cache(maxsize=50_000)
def known_list_letters(plain: str, bare: str) -> str:
    """One letter for each list that has the word; `u` for none."""
    letters = "".join(letter for letter, words in _load_lettered_lists() if plain in words)
    letters += (
        "f" * (bare in first_names()) + "s" * (bare in listed_surnames()) + "d" * (bare in doubtful_lowercase_names())
    )
    letters += "c" * is_common(plain) + "W" * bool(WORKER.fullmatch(plain)) + "9" * plain[0].isdigit()
    return letters or ("m" if plain.isalpha() and is_misspelt(plain) else "u")


@cache
def _load_lettered_lists() -> tuple[tuple[str, frozenset[str]], ...]:
    lists = (
        listed_nicknames(),
        not_names(),
        listed_towns(),
        CALENDAR,
        TITLES | COURTESY,
        KIN,
        SCHOOL,
        STREET,
        PLACE,
        ORG,
    )
    return tuple(zip("nxtkTKSRPO", lists, strict=True))


@lru_cache(maxsize=20_000)
def _read_shape(word: str) -> str:
    letters = ("X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1\1+", r"\1\1", "".join(letters))


@lru_cache(maxsize=50_000)
def _list_own_signs(plain: str, kind: str) -> tuple[str, ...]:
    """Features of a word by itself."""
    ends = (f"p{plain[:2]}", f"P{plain[:3]}", f"s{plain[-2:]}", f"S{plain[-3:]}")
    return (f"w{plain}", f"c{kind}", *ends, f"n{min(len(plain), 9)}", *(f"l{letter}" for letter in kind))


def extract_word_features(text: str, words: list[Word]) -> list[list[str]]:
    """For each word: features of itself, of two words on either side, and of the separators."""
    plain = ["<", "<", *(word.plain for word in words), ">", ">", ">"]
    letters = [known_list_letters(word.plain, word.unaccented_word) + "!" * word.public for word in words]
    lists = ["<", "<", *letters, ">", ">", ">"]
    small = "0" if any(word.is_capitalised for word in words) else "1"
    shapes = ["^" * word.is_capitalised + "." * word.opens for word in words]
    kinds = ["<", "<", *map(str.__add__, letters, shapes), ">", ">", ">"]
    ends = [0, *(word.end for word in words)]
    starts = [*(word.start for word in words), len(text)]
    gaps = [text[end:start].strip()[:2] for end, start in zip(ends, starts, strict=True)]
    length = f"z{min(len(words), LONG) // STEP}"
    found = []
    for n, word in enumerate(words):
        a2, a1, me, b1, b2, b3 = plain[n : n + 6]
        ka2, ka1, k, kb1, kb2, _ = kinds[n : n + 6]
        c = lists[n + 2]
        heads = "".join(sorted({*"SRPO"} & set("".join(lists[n + 3 : n + 6]))))
        titles = "".join(sorted({*"TKW"} & set("".join(lists[max(2, n - 1) : n + 2]))))
        found.append([
            *_list_own_signs(me, c), f"h{_read_shape(word.text)}", f"k{k}", f"m{k}{small}", f"a{a1}", f"A{a2}",
            f"b{b1}", f"B{b2}",
            f"d{ka1}", f"D{ka2}", f"e{kb1}", f"E{kb2}", f"f{a2} {a1}", f"F{b1} {b2}", f"g{a1}|{k}", f"G{b1}|{k}",
            f"i{a2} {a1}|{c}", f"I{a1}|{b1}|{c}", f"j{ka1}|{k}", f"J{k}|{kb1}", f"o{ka1}|{k}|{kb1}", f"q{gaps[n]}|{c}",
            f"Q{gaps[n + 1]}|{c}", f"r{a1} {me}", f"R{me} {b1}", f"t{heads}", f"T{titles}|{c}", f"u{min(n, 3)}", length,
            *_list_handle_signs(text, word),
        ])  # fmt: skip
    return found


def _list_handle_signs(text: str, word: Word) -> list[str]:
    """Signs of a handle: a platform near by, capitals within, letters mixed with digits."""
    signs = (
        ON.search(text, max(0, word.start - BEFORE), word.start), ON.search(text, word.end, word.end + AFTER),
        word.text[1:] != word.text[1:].lower() and not word.text.isupper(),
        any(c.isdigit() for c in word.text) and any(c.isalpha() for c in word.text),
    )  # fmt: skip
    return [f"y{n}" for n, sign in enumerate(signs) if sign]
