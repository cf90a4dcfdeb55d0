"""Names that no rule finds, by how they stand in a sentence: two logistic regressions over each word, beside the rules.

It only adds: what the rules propose stands, and a word is added where the weights are sure, in English answers. What it
learned and from what is in `tagger_training.py`; how well, in CARD.md. Its reason says that it is a guess by likeness.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from math import exp

from consultation.reading.redaction.gazetteers import (
    CALENDAR,
    DATA,
    famous,
    first_names,
    is_common,
    is_misspelt,
    nicknames,
    not_names,
    small_doubtful,
    surnames,
    towns,
)
from consultation.reading.redaction.people_words import COURTESY, IS_PET, KIN, PET, STORY, TITLES, WORKER
from consultation.reading.redaction.place_words import GENERIC, ORG, PLACE, SCHOOL, STREET
from consultation.reading.redaction.spans import Span
from consultation.reading.redaction.words import Word

WHY = {
    "people": "Looks like a person’s name, from the words around it",
    "places": "Looks like the name of a place, from the words around it",
}
GROUPS = {
    **dict.fromkeys(("PERSON", "WORKER", "NICKNAME"), "people"),
    **dict.fromkeys(("ADDRESS", "PLACE", "SCHOOL", "ORG"), "places"),
}
NAMES = ("people", "places")
FILE = DATA / "tagger.txt.gz"
JOINS, SURE = 0.5, 0.6  # how likely a word must be to belong to a name, and the surest of them for a proposal
SURE_OF_WORDS = 0.9  # where each is an everyday word
STEP = 16  # weights are kept as whole numbers, this many to one
NAMELESS = TITLES | COURTESY | KIN | frozenset("sir miss teacher nurse doctor social lady man boy girl".split())
HEADS = SCHOOL | STREET | PLACE | ORG | GENERIC
BETWEEN = re.compile(r"\s*(?:\S\s*)?")

type Weights = dict[str, tuple[float, float]]


@cache
def weights() -> Weights:
    """Read without any library that a process which serves pages has no other use for."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n").split(" ", 2) for line in file]
    return {name: (int(people) / STEP, int(places) / STEP) for people, places, name in lines}


def sure(text: str, words: list[Word], found: list[Span]) -> list[Span]:
    """`found`, and what the weights add to it: a name of its own, or the rest of one that the rules found in part."""
    taken = {at for span in found for at in range(span.start, span.end)}
    free = [word.start not in taken and word.end - 1 not in taken for word in words]
    if not any(free):
        return found
    likely = scores(text, words, free)
    kept = list(found)
    for group, values in zip(NAMES, likely, strict=True):
        for first, last in _stretches(values, free, words, text):
            span = _named(text, words[first : last + 1], group, max(values[first : last + 1]))
            if span and not any(span.start < other.end and other.start < span.end for other in kept):
                kept = _joined(text, span, kept)
    return sorted(kept)


def _stretches(values: list[float], free: list[bool], words: list[Word], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(values):
        if not (free[at] and values[at] >= JOINS):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(values) and free[last + 1] and values[last + 1] >= JOINS
            and text[words[last].end : words[last + 1].start].strip() in ("", "&", "-", "'s")
        ):  # fmt: skip
            last += 1
        yield at, last
        at = last + 1


def _named(text: str, words: list[Word], group: str, value: float) -> Span | None:
    """A proposal, if a word of it can be a name and the words around do not speak of a pet, a story or a thing."""
    bearing = [word for word in words if _bears(word, group)]
    if (
        group == "places" and not bearing and len(words) > 1
    ):  # `Top Shops`, `2 Grange`: everyday words, and more than one
        bearing = [word for word in words if word.plain.isalpha() and not (word.excluded or word.calendar)]
    if not bearing or value < (SURE_OF_WORDS if all(word.common for word in bearing) else SURE):
        return None
    first, last = words[0], words[-1]
    if group == "people" and _not_a_person(text, first, last):
        return None
    plain = {word.plain for word in words}
    kind = _person(text, words) if group == "people" else _place(plain, first)
    return Span(first.start, last.stop, kind, WHY[group])


def _bears(word: Word, group: str) -> bool:
    short = len(word.plain) < 3 or word.acronym
    if short or not word.plain[0].isalpha() or word.excluded or word.calendar or word.plain in NAMELESS:
        return False
    return group == "people" or word.plain not in HEADS or not word.common


def _not_a_person(text: str, first: Word, last: Word) -> bool:
    if PET.search(text[max(0, first.start - 40) : first.start]) or IS_PET.match(text[last.end : last.end + 40]):
        return True
    return first.plain in famous() and bool(STORY.search(text[max(0, first.start - 60) : last.end + 60]))


def _person(text: str, words: list[Word]) -> str:
    before = text[max(0, words[0].start - 20) : words[0].start].split()[-1:]
    titled = words[0].plain in COURTESY or bool(before and WORKER.fullmatch(before[0]))
    return "WORKER" if titled else "PERSON"


def _place(plain: set[str], first: Word) -> str:
    if first.text[0].isdigit():
        return "ADDRESS"
    return "SCHOOL" if plain & SCHOOL else "ORG" if plain & ORG else "PLACE"


def _joined(text: str, span: Span, kept: list[Span]) -> list[Span]:
    """Beside a name of the same kind, with a space between, it is the rest of that name."""
    for other in kept:
        start, end = (other, span) if other.start < span.start else (span, other)
        if GROUPS.get(other.type) == GROUPS[span.type] and text[start.end : end.start] == " ":
            whole = replace(other, start=start.start, end=end.end)
            return [whole if each is other else each for each in kept]
    return [*kept, span]


def scores(text: str, words: list[Word], wanted: list[bool]) -> tuple[list[float], list[float]]:
    """How likely each wanted word is to belong to the name of a person, and of a place."""
    known = weights()
    people, places = [], []
    for use, seen in zip(wanted, features(text, words, wanted), strict=True):
        person = place = 0.0
        if use:
            for feature in seen:
                pair = known.get(feature)
                if pair:
                    person += pair[0]
                    place += pair[1]
            people.append(_chance(person))
            places.append(_chance(place))
        else:
            people.append(0.0)
            places.append(0.0)
    return people, places


def _chance(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


@lru_cache(maxsize=50_000)
def kind_of(plain: str, bare: str) -> str:
    """Which lists know the word, a letter each; `u` for none."""
    letters = "".join(letter for letter, words in _lists() if plain in words)
    letters += "f" * (bare in first_names()) + "s" * (bare in surnames()) + "d" * (bare in small_doubtful())
    letters += "c" * is_common(plain) + "W" * bool(WORKER.fullmatch(plain)) + "9" * plain[0].isdigit()
    return letters or ("m" if plain.isalpha() and is_misspelt(plain) else "u")


@cache
def _lists() -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        ("n", nicknames()), ("x", not_names()), ("t", towns()), ("k", CALENDAR), ("T", TITLES | COURTESY), ("K", KIN),
        ("S", SCHOOL), ("R", STREET), ("P", PLACE), ("O", ORG),
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    letters = ("X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1\1+", r"\1\1", "".join(letters))


@lru_cache(maxsize=50_000)
def _own(plain: str, kind: str) -> tuple[str, ...]:
    """What a word is by itself, whatever stands around it."""
    ends = (f"p{plain[:2]}", f"P{plain[:3]}", f"s{plain[-2:]}", f"S{plain[-3:]}")
    return ("", f"w{plain}", f"c{kind}", *ends, f"n{min(len(plain), 9)}", *(f"l{letter}" for letter in kind))


def features(text: str, words: list[Word], wanted: list[bool]) -> Iterator[list[str]]:
    """Of each wanted word: itself, its lists, two words to either side and theirs, and what stands between."""
    plain = ["<", "<", *(word.plain for word in words), ">", ">", ">"]
    lists = ["<", "<", *(kind_of(word.plain, word.bare) + "!" * word.public for word in words), ">", ">", ">"]
    small = "0" if any(word.capital for word in words) else "1"
    kinds = ["<", "<", *(
        kind + "^" * word.capital + "." * word.opens for kind, word in zip(lists[2:-3], words, strict=True)
    ), ">", ">", ">"]  # fmt: skip
    ends = [0, *(word.end for word in words)]
    starts = [*(word.start for word in words), len(text)]
    gaps = [text[end:start].strip()[:2] for end, start in zip(ends, starts, strict=True)]
    for n, word in enumerate(words):
        if not wanted[n]:
            yield []
            continue
        a2, a1, me, b1, b2, b3 = plain[n : n + 6]
        ka2, ka1, k, kb1, kb2, _ = kinds[n : n + 6]
        c = lists[n + 2]
        heads = "".join(sorted({letter for kind in lists[n + 3 : n + 6] for letter in kind if letter in "SRPO"}))
        titles = "".join(
            sorted({letter for kind in lists[max(2, n - 1) : n + 2] for letter in kind if letter in "TKW"})
        )
        yield [
            *_own(me, c), f"h{_shape(word.text)}", f"k{k}", f"m{k}{small}", f"a{a1}", f"A{a2}", f"b{b1}", f"B{b2}",
            f"d{ka1}", f"D{ka2}", f"e{kb1}", f"E{kb2}", f"f{a2} {a1}", f"F{b1} {b2}", f"g{a1}|{k}", f"G{b1}|{k}",
            f"i{a2} {a1}|{c}", f"I{a1}|{b1}|{c}", f"j{ka1}|{k}", f"J{k}|{kb1}", f"o{ka1}|{k}|{kb1}", f"q{gaps[n]}|{c}",
            f"Q{gaps[n + 1]}|{c}", f"r{a1} {me}", f"R{me} {b1}", f"t{heads}", f"T{titles}|{c}", f"u{min(n, 3)}",
        ]  # fmt: skip
