"""Permissions of translators and checkers, states of strings, and which strings go live. Pure functions."""

import hashlib
import json
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

TRANSLATES, CHECKS = "consultation.edit_consultation", "consultation.approve_consultation"

# Fields that a question needs in the language; easy read, hints and reasons are optional.
NEEDED = {"text", "alt", "low_label", "high_label", "unit"}


class StringState(StrEnum):
    EMPTY = "not translated"
    BEHIND = "source changed"  # translated for an older source
    WAITING = "waits for a check"
    BACK = "sent back"
    RIGHT = "checked"


OPEN = {StringState.WAITING, StringState.BACK}


def string_digest(path: str, source: str, text: str) -> str:
    """Identifies the text and source that an approval holds for."""
    return hashlib.sha256(json.dumps([path, source, text], ensure_ascii=False).encode()).hexdigest()


def classify_string(text: str, older: bool, verdict: bool | None) -> StringState:
    """`older`: whether an older source has a translation. `verdict`: on exactly this text; None if there is none."""
    if not text:
        return StringState.BEHIND if older else StringState.EMPTY
    if verdict is None:
        return StringState.WAITING
    return StringState.RIGHT if verdict else StringState.BACK


def may_translate(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(TRANSLATES))


def may_check(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHECKS))


def may_judge(user: Any, *, written_by: int | None, checker: int | None) -> bool:
    """Only the named checker says yes or no, and never of their own words."""
    return may_check(user) and user.pk == checker and user.pk != written_by


def may_be_checker(user: Any, *, writers: Collection[int], sender: int) -> bool:
    """Whether the user may be named as checker: not the sender, nor a writer of a waiting string."""
    return may_check(user) and user.pk != sender and user.pk not in writers


def has_words(text: str) -> bool:
    """Whether the text has letters; figures alone need no translation."""
    return any(letter.isalpha() for letter in text)


def is_needed(path: str) -> bool:
    """Whether a question needs this string to be shown in the language."""
    return path.startswith("body.") and ".help_by_answer." not in path and path.rpartition(".")[2] in NEEDED


def find_block_id(path: str) -> str:
    """The block id of a string's question; "" for a field of the page."""
    parts = path.split(".")
    return parts[1] if parts[0] == "body" and len(parts) > 1 else ""


def readable_paths(paths: Collection[str], right: Collection[str]) -> set[str]:
    """The paths that go live: approved, and in a question whose needed strings are all approved.

    A question in two languages is worse than one marked as English only.
    """
    needed = [(find_block_id(path), path) for path in paths if is_needed(path)]
    broken = {block for block, _ in needed} - complete_blocks(needed, right)
    return {path for path in paths if path in right and find_block_id(path) not in broken}


def complete_blocks(needed: Iterable[tuple[str, str]], right: Collection[str]) -> set[str]:
    """The blocks whose needed strings, (block, path), are all approved."""
    blocks: dict[str, bool] = {}
    for block, path in needed:
        blocks[block] = blocks.get(block, True) and path in right
    return {block for block, complete in blocks.items() if complete}


def describe_language_state(
    *, total: int, said: int, right: int, behind: int, back: int, live: bool, begun: bool, waits: bool, checked: bool
) -> str:
    """The state of a language as a sentence, the most urgent part first."""
    if not begun:
        return "Not begun"
    parts = []
    if live and behind:
        parts.append(f"behind the source by {_count_strings(behind)}")
    elif behind:
        parts.append(f"{_count_strings(behind)} changed in the source")
    if waits:
        parts.append("waits for its checker")
    if back:
        parts.append(f"{_count_strings(back)} sent back")
    if live:
        parts.append("live" if checked else "live without a check")
    if not parts or said < total:
        parts.append(f"{said} of {total} strings")
    if right == total:
        parts.append("all checked")
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _count_strings(number: int) -> str:
    return f"{number} string" if number == 1 else f"{number} strings"
