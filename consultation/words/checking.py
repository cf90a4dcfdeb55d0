"""How each word of a language stands: what officers see beside the English, and what still waits for a speaker."""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consultation.words import catalogue, spoken
from consultation.words.table import BY_PEOPLE

LONGEST = 2000
# What a translation keeps as it is (words/guide.md): numbers to call, and names.
KEPT = ("999", "0800 1111", "SHOUT", "85258", "55", "Childline")


class State(StrEnum):
    MISSING = "missing"
    WAITING = "waiting"  # no speaker has read it
    CHANGED = "changed"  # a speaker read it, and it says something else now
    CHECKED = "checked"
    WRITTEN = "written by a person"


OPEN = {State.WAITING, State.CHANGED}


@dataclass(frozen=True)
class Row:
    """One word of one language, beside its English."""

    key: str
    where: str
    note: str
    english: str
    english_easy: str  # empty where easy read says the same
    text: str
    easy_read: str
    state: State
    corrected: bool
    digest: str

    def holds(self, said: str) -> bool:
        whole = "\n".join((self.key, self.where, self.english, self.english_easy, self.text, self.easy_read))
        return said.casefold() in whole.casefold()


def rows(language: str) -> list[Row]:
    """Every word in the order of the source, as it is spoken now."""
    return [_row(language, entry) for entry in catalogue.interface()["strings"]]


def row(language: str, key: str) -> Row | None:
    return next((each for each in rows(language) if each.key == key), None)


def _row(language: str, entry: dict) -> Row:
    key = entry["key"]
    said = spoken.texts(language, key)
    text, easy = (spoken.bare(each) for each in said or ("", ""))
    return Row(
        key=key,
        where=entry["where"],
        note=entry.get("note", ""),
        english=entry["text"],
        english_easy=entry["easy_read"] if entry["easy_read"] != entry["text"] else "",
        text=text,
        easy_read=easy,
        state=_state(language, key, said),
        corrected=spoken.corrected(language, key) is not None,
        digest=spoken.digest(key, said) if said else "",
    )


def _state(language: str, key: str, said: spoken.Texts | None) -> State:
    if said is None:
        return State.MISSING
    seen = [check.digests[key] for check in spoken.current().checks.get(language, ()) if key in check.digests]
    if spoken.digest(key, said) in seen:
        return State.CHECKED
    if seen:
        return State.CHANGED
    return State.WRITTEN if key in BY_PEOPLE.get(language, ()) else State.WAITING


def faults(english: str, said: str) -> list[str]:
    """What a translation may not do to the English, each as a sentence; none where it can be used."""
    if len(said) > LONGEST:
        return [f"It is longer than {LONGEST} letters."]
    if (braces := _names(said)) is None:
        return ["It has a { or a } that belongs to nothing."]
    wanted = _names(english) or set()
    return [
        *(f"It lost {{{name}}}: keep it as it is." for name in sorted(wanted - braces)),
        *(f"It has {{{name}}}, which the English has not." for name in sorted(braces - wanted)),
        *(f"It lost {token}: keep it as it is." for token in KEPT if _has(english, token) and not _has(said, token)),
    ]


def _names(text: str) -> set[str] | None:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(name is not None and (spec or conversion) for _, name, spec, conversion in parts):
        return None
    names = {name for _, name, _, _ in parts if name is not None}
    return names if all(re.fullmatch(r"\w+", name) for name in names) else None


def _has(text: str, token: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){token}(?![0-9A-Za-z])", text) is not None


def seen(shown: Iterable[Row]) -> dict[str, str]:
    """What a checker has before them: the digest of each word that has one."""
    return {each.key: each.digest for each in shown if each.digest}
