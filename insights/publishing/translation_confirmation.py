"""Confirming translations: one shows when a person who wrote none of it has confirmed it by name (X7). Pure functions.

A translation is a dict of words with the metadata `machine` (bool), `writers` (user ids) and `checked_by` (the name of
the person who confirmed it).
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

METADATA = ("machine", "writers", "checked_by")
NOTHING = "There are no words here that someone could have checked."
OWN_WORDS = "You wrote in this. Ask a colleague who did not to read it and say that it is right."
CHANGED = "Someone wrote in this after you opened it. Read it again, and say then that it is right."


def strip_metadata(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in words.items() if name not in METADATA}


def update_translation(new: Mapping[str, Any], old: Mapping[str, Any], *, by: Any) -> dict[str, Any]:
    """The translation to store. Changed words lose their confirmation; unchanged ones keep it."""
    machine = bool(new.get("machine"))
    if strip_metadata(new) == strip_metadata(old) and machine == bool(old.get("machine")):
        return dict(old)
    writers = sorted({*old.get("writers", ()), by.pk})
    return strip_metadata(new) | {"machine": machine, "writers": writers, "checked_by": ""}


def describe_state(words: Mapping[str, Any]) -> str:
    """How far a translation is, for staff."""
    if not any(strip_metadata(words).values()):
        return "the English stands there, and the page says so"
    if words.get("checked_by"):
        return f"checked by {words['checked_by']}"
    writer = "computer" if words.get("machine") else "person"
    return f"written by a {writer}, and not shown before someone else has checked it"


def uncheck_translations(words: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """{language: words} without the confirmations, because the English has changed or may change."""
    return {
        language: dict(said) | ({} if language == settings.LANGUAGE_CODE else {"checked_by": ""})
        for language, said in words.items()
    }


def hash_translation_state(words: Mapping[str, Any], english: Mapping[str, Any]) -> str:
    """Hash of the words and the English: the confirming person's form carries it, so a later change is noticed."""
    return hashlib.sha256(
        json.dumps([strip_metadata(words), strip_metadata(english)], sort_keys=True).encode()
    ).hexdigest()


def confirmation_refusal(
    words: Mapping[str, Any], english: Mapping[str, Any], *, by: Any, seen_state: str | None
) -> str:
    """The reason for the person; empty when they may confirm."""
    if not any(strip_metadata(words).values()):
        return NOTHING
    if by.pk in words.get("writers", ()):
        return OWN_WORDS
    return CHANGED if seen_state is not None and seen_state != hash_translation_state(words, english) else ""


def mark_confirmed(words: Mapping[str, Any], *, by: Any, speaker: str = "") -> dict[str, Any]:
    """Confirm in the person's name, and in the speaker's who read it with them if they do not speak the language."""
    name = by.get_full_name() or str(by)
    return dict(words) | {"checked_by": f"{name}, with {speaker.strip()}" if speaker.strip() else name}
