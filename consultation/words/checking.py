"""Review of interface translations: each text beside its English, its review state, and faults of a new translation."""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consultation.words import catalogue, spoken
from consultation.words.table import BY_PEOPLE

LONGEST = 2000
# Phone numbers and names that a translation must keep unchanged (words/guide.md).
KEPT = ("999", "0800 1111", "SHOUT", "85258", "55", "Childline")


class State(StrEnum):
    MISSING = "missing"
    WAITING = "waiting"  # no speaker has read it
    CHANGED = "changed"  # changed since a speaker read it
    CHECKED = "checked"
    WRITTEN = "written by a person"


OPEN = {State.WAITING, State.CHANGED}


@dataclass(frozen=True)
class Row:
    """One text of one language beside its English."""

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
    """All texts with corrections applied, in the order of interface.yaml."""
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
    """Faults of a translation, one sentence each: too long, stray braces, changed placeholders or tokens."""
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
    """{key: digest} of the displayed texts, to detect changes before the check is saved."""
    return {each.key: each.digest for each in shown if each.digest}
