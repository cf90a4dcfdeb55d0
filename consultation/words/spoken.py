"""Corrections and checks of interface translations, kept in memory, and texts with corrections applied.

They are loaded once; every PUBLISHED_SECONDS a small query asks whether they changed. English has no corrections, so
an English page queries nothing.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import override, pgettext

from consultation.words.table import BY_PEOPLE, MISSING, RIGHT_TO_LEFT, WORDS, Coverage

SPACED_NUMBER = re.compile(r"\d+(?: \d+)+")
LTR_ISOLATE, END_ISOLATE = "\u2066", "\u2069"
Texts = tuple[str, str]  # standard text, easy read (empty where it is the same)


@dataclass(frozen=True)
class Checked:
    name: str
    day: object
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Spoken:
    """Corrections and checks as of one Wording.stamp."""

    stamp: int = 0
    corrections: Mapping[tuple[str, str], Texts] = field(default_factory=dict)  # by language and key
    checks: Mapping[str, tuple[Checked, ...]] = field(default_factory=dict)  # by language, the newest first
    counted: dict[str, Coverage] = field(default_factory=dict, compare=False)  # by language, once asked for


_remembered: tuple[Spoken | None, float] = (None, 0.0)


def current() -> Spoken:
    spoken, until = _remembered
    if spoken is None or time.monotonic() >= until:
        spoken = _newest(spoken)
        remember(spoken, seconds=settings.PUBLISHED_SECONDS)
    return spoken


def remember(spoken: Spoken | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603  one value for the process
    _remembered = spoken, time.monotonic() + seconds


def forget() -> None:
    """Called on save: this process shows the change at once, the others within PUBLISHED_SECONDS."""
    remember(None, seconds=0)


def stamp(language: str | None) -> int:
    """A number that changes when the language's texts may have: part of the cache key of rendered pages."""
    return 0 if language == "en" else current().stamp


def corrected(language: str, key: str) -> Texts | None:
    return None if language == "en" else current().corrections.get((language, key))


def texts(language: str, key: str) -> Texts | None:
    """The texts of a key in this language; None when the translation is missing."""
    if found := corrected(language, key):
        return found
    if key in MISSING.get(language, ()):
        return None
    entry = WORDS[key]
    with override(language):
        easy = pgettext(f"easy:{key}", entry.easy) if entry.easy else ""
        return pgettext(key, entry.text), "" if easy == entry.easy and language != "en" else easy


def digest(key: str, said: Texts) -> str:
    """Digest of all that a checker sees of one text: any change calls for a new check."""
    entry = WORDS[key]
    whole = "\0".join([entry.text, entry.easy or "", *said])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def coverage(language: str) -> Coverage:
    if language == "en":
        return Coverage(len(WORDS), 0, 0, 0, ())
    spoken = current()
    if language not in spoken.counted:
        spoken.counted[language] = _counted(language, spoken.checks.get(language, ()))
    return spoken.counted[language]


def _counted(language: str, checks: tuple[Checked, ...]) -> Coverage:
    standing = {(key, seen) for check in checks for key, seen in check.digests.items()}
    said = {key: found for key in WORDS if (found := texts(language, key))}
    machine = said.keys() - BY_PEOPLE.get(language, frozenset())
    waiting = sum((key, digest(key, said[key])) not in standing for key in machine)
    names = tuple(dict.fromkeys(check.name for check in checks))
    return Coverage(len(said), len(WORDS) - len(said), len(machine), waiting, names)


def isolated(text: str, language: str) -> str:
    """Isolate spaced telephone numbers, whose groups right-to-left text would reverse."""
    if language not in RIGHT_TO_LEFT:
        return text
    return SPACED_NUMBER.sub(lambda found: f"{LTR_ISOLATE}{found[0]}{END_ISOLATE}", text)


def bare(text: str) -> str:
    """The text without the marks of `isolated`, as translators read and write it."""
    return text.replace(LTR_ISOLATE, "").replace(END_ISOLATE, "")


def _newest(known: Spoken | None) -> Spoken:
    """Reload if the stamp changed. While the database is down, the known corrections stay in use."""
    try:
        found = apps.get_model("consultation", "Wording").objects.values_list("stamp", flat=True).first() or 0
        return known if known and known.stamp == found else _read(found)
    except (DatabaseError, LookupError):
        return known or Spoken()


def _read(found: int) -> Spoken:
    corrections = {
        (row.language, row.key): (isolated(row.text, row.language), isolated(row.easy_read, row.language))
        for row in apps.get_model("consultation", "Correction").objects.all()
        if stands(row)
    }
    checks: dict[str, tuple[Checked, ...]] = {}
    for row in apps.get_model("consultation", "WordCheck").objects.all():
        checked = Checked(row.checker, row.checked_on, row.digests)
        checks[row.language] = (*checks.get(row.language, ()), checked)
    return Spoken(found, corrections, checks)


def stands(correction) -> bool:
    """Whether the correction's English is still the current one."""
    entry = WORDS.get(correction.key)
    return entry is not None and (entry.text, entry.easy or "") == (correction.english, correction.english_easy)
