"""The words of an answer with what names are recognised by: capitals, sentence starts, neighbours."""

import re
from dataclasses import dataclass
from functools import cached_property

from consultation.reading.redaction.gazetteers import first_names, is_common, nicknames, not_names, surnames, towns

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n•*]|[\"“(]|\s-\s|[^\w\s,.'’\"&@/()-])\s*[\"“'‘(]?\s*$")
POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
CASELESS = 0.5
ENGLISH = 0.6
LINKS = frozenset({"of", "the", "on", "and", "le", "in"})


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    opens: bool  # first in its sentence

    @cached_property
    def plain(self) -> str:
        """Lower case, without a possessive."""
        return POSSESSIVE.sub("", self.text).casefold()

    @cached_property
    def stop(self) -> int:
        """Where the name itself ends, before a possessive."""
        return self.start + len(POSSESSIVE.sub("", self.text))

    @cached_property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @cached_property
    def acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def common(self) -> bool:
        return is_common(self.plain)

    @cached_property
    def excluded(self) -> bool:
        return self.plain in not_names() or self.plain in towns()

    @cached_property
    def first_name(self) -> bool:
        """A first name; also `Kayleighs`, and double names."""
        if self.plain in first_names():
            return True
        if self.plain.endswith("s") and self.plain[:-1] in first_names() and not self.common:
            return True
        parts = self.plain.split("-")
        return len(parts) == 2 and parts[0] in first_names() and len(parts[1]) > 1

    @cached_property
    def nickname(self) -> bool:
        return self.plain in nicknames() or (self.plain.endswith("s") and self.plain[:-1] in nicknames())

    @cached_property
    def surname(self) -> bool:
        return any(part in surnames() for part in self.plain.split("-"))

    @cached_property
    def proper(self) -> bool:
        """Written with a capital, and neither an everyday word nor one of the known words that name nobody."""
        return self.capital and not self.excluded and not self.common and not self.text[0].isdigit()


def words_of(text: str) -> list[Word]:
    found = []
    for match in WORD.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        opens = (
            match.start() == 0 or bool(SENTENCE_START.search(before)) or not before.strip(" ") and match.start() < 6
        )
        found.append(Word(match.group(), match.start(), match.end(), opens))
    return found


def is_caseless(words: list[Word]) -> bool:
    """Shouted, or With Capitals Everywhere: then a capital says nothing."""
    counted = [word for word in words if len(word.text) > 2 and word.text[0].isalpha()]
    return len(counted) > 5 and sum(word.capital and word.common for word in counted) > CASELESS * len(counted)


def is_english(words: list[Word]) -> bool:
    return sum(word.common or word.excluded or word.first_name for word in words) >= ENGLISH * len(words)


def runs(text: str, words: list[Word]) -> list[list[Word]]:
    """Words with capitals that stand together: `Lidl on Leeds Road`, `St Wilfrida's RC Primary`, `Wool & Bean`."""
    found: list[list[Word]] = []
    run: list[Word] = []
    waiting: list[Word] = []
    for word in words:
        joined = not run or _joined(text[(waiting or run)[-1].end : word.start], (waiting or run)[-1])
        if not joined:
            found.append(run)
            run, waiting = [], []
        if word.capital or (run and word.text[0].isdigit() and len(word.text) < 4 and joined):
            run += [*waiting, word]
            waiting = []
        elif run and word.plain in LINKS and len(waiting) < 2:
            waiting.append(word)
        elif run:
            found.append(run)
            run, waiting = [], []
    return [*found, run] if run else found


def _joined(between: str, before: Word) -> bool:
    if between.strip(" ") == "" or between in ("' ", "’ "):
        return True
    return between.strip() == "&" or (
        between == ". " and len(before.text) <= 4 and before.text.casefold() in ABBREVIATED
    )


ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "mgr", "rev", "sgt", "prof", "g", "j", "m", "a", "t", "k", "s"}
)
