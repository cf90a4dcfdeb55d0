"""Review of interface translations: each text beside its English, its review state, and faults of a new translation."""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consultation.domain.call_numbers import list_call_numbers
from consultation.interface_text import gettext_catalogue, own_texts, translation_corrections
from consultation.interface_text.models import ProposedCorrection
from consultation.interface_text.text_table import BY_PEOPLE
from consultation.markup import NO_MARKUP, holds_markup

MAX_TEXT_LENGTH = 2000
# Phone numbers and names that a translation must keep unchanged (domain/VOICE_GUIDE.md).
KEPT_TOKENS = ("999", "0800 1111", "SHOUT", "85258", "55", "Childline")


class TranslationReviewState(StrEnum):
    MISSING = "missing"
    WAITING = "waiting"  # no speaker has read it
    CHANGED = "changed"  # changed since a speaker read it
    CHECKED = "checked"
    WRITTEN = "written by a person"


OPEN_STATES = {TranslationReviewState.WAITING, TranslationReviewState.CHANGED}


@dataclass(frozen=True)
class TranslationReviewRow:
    """One text of one language beside its English."""

    key: str
    where: str
    note: str
    english: str
    english_easy: str  # empty where easy read says the same
    text: str
    easy_read: str
    state: TranslationReviewState
    corrected: bool
    digest: str

    def matches_search(self, said: str) -> bool:
        whole = "\n".join((self.key, self.where, self.english, self.english_easy, self.text, self.easy_read))
        return said.casefold() in whole.casefold()


def list_review_rows(language: str) -> list[TranslationReviewRow]:
    """All texts with corrections applied: in the order of interface.yaml, then the officers' own."""
    return [_build_review_row(language, entry) for entry in list_strings()]


def list_strings() -> list[dict]:
    return [*gettext_catalogue.load_interface_strings()["strings"], *own_texts.list_own_strings()]


def get_review_row(language: str, key: str) -> TranslationReviewRow | None:
    return next((each for each in list_review_rows(language) if each.key == key), None)


def _build_review_row(language: str, entry: dict) -> TranslationReviewRow:
    key = entry["key"]
    said = translation_corrections.find_texts(language, key)
    text, easy = (translation_corrections.remove_isolates(each) for each in said or ("", ""))
    return TranslationReviewRow(
        key=key,
        where=entry["where"],
        note=entry.get("note", ""),
        english=entry["text"],
        english_easy=entry["easy_read"] if entry["easy_read"] != entry["text"] else "",
        text=text,
        easy_read=easy,
        state=_find_review_state(language, key, said),
        corrected=translation_corrections.find_correction(language, key) is not None,
        digest=translation_corrections.digest_texts(key, said) if said else "",
    )


def _find_review_state(
    language: str, key: str, said: translation_corrections.TextPair | None
) -> TranslationReviewState:
    if said is None:
        return TranslationReviewState.MISSING
    checks = translation_corrections.get_corrections().checks.get(language, ())
    seen = [check.digests[key] for check in checks if key in check.digests]
    if translation_corrections.digest_texts(key, said) in seen:
        return TranslationReviewState.CHECKED
    if seen:
        return TranslationReviewState.CHANGED
    return TranslationReviewState.WRITTEN if key in BY_PEOPLE.get(language, ()) else TranslationReviewState.WAITING


def find_translation_faults(english: str, said: str) -> list[str]:
    """Faults of a translation, one sentence each: too long, stray braces, changed placeholders, tokens or
    numbers."""
    if len(said) > MAX_TEXT_LENGTH:
        return [f"It is longer than {MAX_TEXT_LENGTH} letters."]
    if holds_markup(said) and not holds_markup(english):
        return [NO_MARKUP]
    if (braces := _parse_placeholders(said)) is None:
        return ["It has a { or a } that belongs to nothing."]
    wanted = _parse_placeholders(english) or set()
    return [
        *(f"It lost {{{name}}}: keep it as it is." for name in sorted(wanted - braces)),
        *(f"It has {{{name}}}, which the English has not." for name in sorted(braces - wanted)),
        *(
            f"It lost {token}: keep it as it is."
            for token in KEPT_TOKENS
            if _contains_token(english, token) and not _contains_token(said, token)
        ),
        *(
            f"It has the number {number}, which the English has not: a number to call is changed by two people."
            for number in sorted(_list_numbers(said) - _list_numbers(english))
        ),
    ]


def _list_numbers(text: str) -> set[str]:
    """The numbers of three digits or more, which somebody may call, in whichever script they are written."""
    return {re.sub(r"\D", "", number) for number in list_call_numbers(text, least_digits=3)}


def _parse_placeholders(text: str) -> set[str] | None:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(name is not None and (spec or conversion) for _, name, spec, conversion in parts):
        return None
    names = {name for _, name, _, _ in parts if name is not None}
    return names if all(re.fullmatch(r"\w+", name) for name in names) else None


def _contains_token(text: str, token: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){token}(?![0-9A-Za-z])", text) is not None


def list_waiting_corrections(language: str, rows: Iterable[TranslationReviewRow]) -> list[dict]:
    """[{"correction", "row": what pages say now, "digest", "fits": the English is as it was}] of words that wait."""
    now = {row.key: row for row in rows}
    found = ProposedCorrection.objects.filter(language=language).select_related("written_by").order_by("pk")
    return [
        {
            "correction": each,
            "row": now[each.key],
            "digest": translation_corrections.digest_correction(each),
            "fits": translation_corrections.is_for_current_english(each),
        }
        for each in found
        if each.key in now
    ]


def collect_digests(shown: Iterable[TranslationReviewRow]) -> dict[str, str]:
    """{key: digest} of the displayed texts, to detect changes before the check is saved."""
    return {each.key: each.digest for each in shown if each.digest}
