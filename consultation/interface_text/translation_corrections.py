"""Corrections and checks of interface translations, kept in memory, and texts with corrections applied.

They are loaded once; every PUBLISHED_SECONDS a small query asks whether they changed. English has no corrections, so
an English page queries nothing.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import override, pgettext

from consultation.domain.process_cache import CachedValue
from consultation.interface_text.own_texts import build_own_key, is_own_key
from consultation.interface_text.text_table import (
    BY_PEOPLE,
    MISSING,
    RIGHT_TO_LEFT,
    WORDS,
    InterfaceString,
    LanguageCoverage,
)

SPACED_NUMBER = re.compile(r"\d+(?: \d+)+")
LTR_ISOLATE, END_ISOLATE = "\u2066", "\u2069"
TextPair = tuple[str, str]  # standard text, easy read (empty where it is the same)


@dataclass(frozen=True)
class TextCheck:
    name: str
    day: object
    digests: Mapping[str, str]


@dataclass(frozen=True)
class CorrectionsSnapshot:
    """Corrections and checks as of one Wording.stamp."""

    stamp: int = 0
    corrections: Mapping[tuple[str, str], TextPair] = field(default_factory=dict)  # by language and key
    checks: Mapping[str, tuple[TextCheck, ...]] = field(default_factory=dict)  # by language, the newest first
    counted: dict[str, LanguageCoverage] = field(default_factory=dict, compare=False)  # by language, once asked for


def get_corrections() -> CorrectionsSnapshot:
    return cached_corrections.get()


def get_wording_stamp(language: str | None) -> int:
    """A number that changes when the language's texts may have: part of the cache key of rendered pages."""
    return 0 if language == "en" else get_corrections().stamp


def find_correction(language: str, key: str) -> TextPair | None:
    return None if language == "en" else get_corrections().corrections.get((language, key))


def find_texts(language: str, key: str) -> TextPair | None:
    if found := find_correction(language, key):
        return found
    if is_own_key(key) or key in MISSING.get(language, ()):
        return None
    entry = WORDS[key]
    with override(language):
        easy = pgettext(f"easy:{key}", entry.easy) if entry.easy else ""
        return pgettext(key, entry.text), "" if easy == entry.easy and language != "en" else easy


def digest_texts(key: str, said: TextPair) -> str:
    """Digest of all that a checker sees of one text: any change calls for a new check."""
    entry = _get_english(key)
    whole = "\0".join([entry.text, entry.easy or "", *said])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def digest_correction(row: Any) -> str:
    """`digest_texts` of a CorrectedText, as pages will show it."""
    easy = isolate_numbers(row.easy_read, row.language) if _get_english(row.key).easy else ""
    return digest_texts(row.key, (isolate_numbers(row.text, row.language), easy))


def _get_english(key: str) -> InterfaceString:
    """Of officers' own words the key stands for the English, from which it comes."""
    return InterfaceString(key, None) if is_own_key(key) else WORDS[key]


def is_for_current_english(row: Any) -> bool:
    """Whether the catalogue still says what this CorrectedText was written for; a release may change it."""
    if is_own_key(row.key):
        return row.key == build_own_key(row.english)
    entry = WORDS.get(row.key)
    return entry is not None and (entry.text, entry.easy or "") == (row.english, row.english_easy)


def measure_coverage(language: str) -> LanguageCoverage:
    if language == "en":
        return LanguageCoverage(len(WORDS), 0, 0, 0, ())
    spoken = get_corrections()
    if language not in spoken.counted:
        spoken.counted[language] = _count_coverage(language, spoken.checks.get(language, ()))
    return spoken.counted[language]


def _count_coverage(language: str, checks: tuple[TextCheck, ...]) -> LanguageCoverage:
    standing = {(key, seen) for check in checks for key, seen in check.digests.items()}
    said = {key: found for key in WORDS if (found := find_texts(language, key))}
    machine = said.keys() - BY_PEOPLE.get(language, frozenset())
    waiting = sum((key, digest_texts(key, said[key])) not in standing for key in machine)
    names = tuple(dict.fromkeys(check.name for check in checks))
    return LanguageCoverage(len(said), len(WORDS) - len(said), len(machine), waiting, names)


def isolate_numbers(text: str, language: str) -> str:
    """Isolate spaced telephone numbers, whose groups right-to-left text would reverse."""
    if language not in RIGHT_TO_LEFT:
        return text
    return SPACED_NUMBER.sub(lambda found: f"{LTR_ISOLATE}{found[0]}{END_ISOLATE}", text)


def remove_isolates(text: str) -> str:
    """The text without the marks of `isolate_numbers`, as translators read and write it."""
    return text.replace(LTR_ISOLATE, "").replace(END_ISOLATE, "")


def _load_if_changed(known: CorrectionsSnapshot | None) -> CorrectionsSnapshot:
    """Reload if the stamp changed."""
    try:
        wording = apps.get_model("consultation", "Wording")
    except LookupError:  # the models are not loaded yet
        return CorrectionsSnapshot()
    found = wording.objects.values_list("stamp", flat=True).first() or 0
    return known if known and known.stamp == found else _load_corrections(found)


def _load_corrections(found: int) -> CorrectionsSnapshot:
    corrections = {
        (row.language, row.key): (
            isolate_numbers(row.text, row.language),
            isolate_numbers(row.easy_read, row.language),
        )
        for row in apps.get_model("consultation", "Correction").objects.all()
        if is_for_current_english(row)
    }
    checks: dict[str, tuple[TextCheck, ...]] = {}
    for row in apps.get_model("consultation", "WordCheck").objects.all():
        checked = TextCheck(row.checker, row.checked_on, row.digests)
        checks[row.language] = (*checks.get(row.language, ()), checked)
    return CorrectionsSnapshot(found, corrections, checks)


cached_corrections = CachedValue(
    _load_if_changed, lambda: settings.PUBLISHED_SECONDS, without_database=CorrectionsSnapshot
)
