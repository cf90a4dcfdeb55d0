"""The words of an answer with the properties by which names are recognised: capitals, sentence starts, lists."""

import re
from dataclasses import dataclass
from functools import cached_property

from consultation.reading.redaction.gazetteers import (
    CALENDAR,
    doubtful_lowercase_names,
    first_names,
    fold_accents,
    is_common,
    listed_nicknames,
    listed_surnames,
    listed_towns,
    not_names,
    public_names,
)

BORNE = re.compile(r"\b(?:i am|i'm|im|my name is|my names|my name's)\s+$", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n•*]|[\"“(]|\s-\s|[^\w\s,.'’\"&@/()-])\s*[\"“'‘(]?\s*$")
POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
FAMILY_SHAPE = re.compile(
    r"^(?:o'[a-z]{4,}|ma?c[a-z]{4,}|fitz[a-z]{3,}|\w{3,}(?:ov[aá]|sk[iay]|sk[áý]|cz[yk]|wicz|icz|escu|eanu|oglu"
    r"|opoulos|idze|shvili|yan|enko|chuk|czyk|singh|wala|zada|zai))$"
)
CASELESS = 0.5
ENGLISH = 0.55
SECOND = frozenset("jo mae may jay lee lou rae bob leigh rose grace ann".split())  # of double names
LINKS = frozenset({"of", "the", "on", "and", "le", "in"})


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    opens: bool  # first in its sentence
    public: bool = False  # part of a public name

    @cached_property
    def plain(self) -> str:
        """Lower case, without a possessive."""
        return POSSESSIVE.sub("", self.text).casefold()

    @cached_property
    def unaccented_word(self) -> str:
        """Lower case without accents, for the name lists."""
        return fold_accents(POSSESSIVE.sub("", self.text))

    @cached_property
    def stop(self) -> int:
        """The end of the name before a possessive, also one without apostrophe: `Rileys`."""
        plain = POSSESSIVE.sub("", self.text)
        return self.start + len(plain) - (plain == self.text and self._bare_possessive)

    @cached_property
    def _bare_possessive(self) -> bool:
        name, known = self.unaccented_word[:-1], self.unaccented_word
        if not known.endswith("s") or len(name) < 3 or self.common:
            return False
        lists = (first_names(), listed_surnames(), listed_nicknames())
        return any(name in names for names in lists) and not any(known in names for names in lists)

    @cached_property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @cached_property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def common(self) -> bool:
        return is_common(self.plain)

    @cached_property
    def is_excluded_name(self) -> bool:
        listed = not_names() & {self.plain, self.text.casefold()}
        return self.public or bool(listed) or self.plain in listed_towns()

    @cached_property
    def calendar(self) -> bool:
        return self.plain in CALENDAR

    @cached_property
    def first_name(self) -> bool:
        """A first name; also `Kayleighs`, and double names."""
        names, word = first_names(), self.unaccented_word
        if word in names or (len(word) > 3 and word.endswith("s") and word[:-1] in names and not self.common):
            return True
        first, dash, second = word.partition("-")
        return bool(dash) and first in names and (second in names or second in SECOND)

    @cached_property
    def small_name(self) -> bool:
        """Whether it is a first name that is no other word in small letters."""
        return (
            self.first_name and len(self.unaccented_word) > 2 and not self.doubtful_small and not self.common
            and not self.is_excluded_name and not self.calendar
        )  # fmt: skip

    @cached_property
    def doubtful_small(self) -> bool:
        doubtful, word = doubtful_lowercase_names(), self.unaccented_word
        return word in doubtful or word.removesuffix("s") in doubtful

    @cached_property
    def is_nickname(self) -> bool:
        return self.plain in listed_nicknames() or (self.plain.endswith("s") and self.plain[:-1] in listed_nicknames())

    @cached_property
    def is_surname(self) -> bool:
        if any(part in listed_surnames() for part in self.unaccented_word.split("-")):
            return True
        return bool(FAMILY_SHAPE.match(self.unaccented_word)) and not self.common

    @cached_property
    def is_proper_name(self) -> bool:
        """Whether it has a capital and is neither an everyday word nor a listed word that is no name."""
        return (
            self.is_capitalised and not self.is_excluded_name and not self.common and not self.calendar
            and not self.text[0].isdigit() and not all(is_common(part) or len(part) < 3 for part in self.plain.split("-"))
        )  # fmt: skip


def split_words(text: str) -> list[Word]:
    found: list[Word] = []
    matches = list(WORD.finditer(text))
    public = _find_public_names([match.group().casefold() for match in matches])
    borne = set[int]()  # public names that this person bears: `I am Muhammad Ali, but not the boxer`
    for at in sorted(public):
        if at - 1 in borne or BORNE.search(text[max(0, matches[at].start() - 14) : matches[at].start()]):
            borne.add(at)
    for at, match in enumerate(matches):
        start = match.start()
        before = text[max(0, start - 6) : start]
        opens = bool(SENTENCE_START.search(before)) or (start < 6 and not before.strip(" "))
        found.append(Word(match.group(), start, match.end(), opens, at in public - borne))
    return found


def _find_public_names(plain: list[str]) -> frozenset[int]:
    """Indices of words in public names such as `Harry Potter` or `Duke of Edinburgh`."""
    known, found = public_names(), set[int]()
    bare = [POSSESSIVE.sub("", word) for word in plain]
    for at in range(len(plain)):
        for run in (*known.get(plain[at], ()), *known.get(bare[at], ())):
            ends = at + len(run)
            if all(wanted in pair for wanted, pair in zip(run, zip(plain[at:], bare[at:], strict=True), strict=False)):
                found.update(range(at, ends) if ends <= len(plain) and len(run) > 1 else ())
    return frozenset(found)


def is_caseless(words: list[Word]) -> bool:
    """Whether capitals say nothing: a shouted text, or Capitals Everywhere."""
    counted = [word for word in words if len(word.text) > 2 and word.text[0].isalpha()]
    return len(counted) > 5 and sum(
        word.is_capitalised and word.common and not (word.calendar or word.opens and not word.is_acronym)
        for word in counted
    ) > CASELESS * len(counted)


def is_english(words: list[Word]) -> bool:
    """Whether enough words are English; numbers and handles do not count."""
    said = [word for word in words if not any(c.isdigit() for c in word.text)]
    return sum(word.common or word.is_excluded_name or word.first_name for word in said) >= ENGLISH * len(said)


def capital_runs(text: str, words: list[Word]) -> list[list[Word]]:
    """Runs of capitalised words: `Lidl on Leeds Road`, `St Wilfrida's RC Primary`, `Wool & Bean`."""
    found: list[list[Word]] = []
    run: list[Word] = []
    waiting: list[Word] = []
    for word in words:
        joined = not run or _joins_two_words(text[(waiting or run)[-1].end : word.start], (waiting or run)[-1])
        if not joined:
            found.append(run)
            run, waiting = [], []
        if word.is_capitalised or (run and word.text[0].isdigit() and len(word.text) < 4 and joined):
            run += [*waiting, word]
            waiting = []
        elif run and word.plain in LINKS and len(waiting) < 2:
            waiting.append(word)
        elif run:
            found.append(run)
            run, waiting = [], []
    return [*found, run] if run else found


def _joins_two_words(between: str, before: Word) -> bool:
    abbreviated = between == ". " and before.text.casefold() in ABBREVIATED
    return abbreviated or not between.strip(" ") or between in ("' ", "’ ") or between.strip() == "&"


ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "mgr", "rev", "sgt", "insp", "prof", "cllr", "fr", *"abcdefghijklmnoprstvwyz"}
)
