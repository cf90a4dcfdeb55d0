"""Permissions of translators and checkers, and states of strings and languages. Pure functions."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

TRANSLATES, CHECKS = "consultation.edit_consultation", "consultation.approve_consultation"


class StringState(StrEnum):
    EMPTY = "not translated"
    BEHIND = "source changed"  # translated for an older source
    WAITING = "waits for a check"
    BACK = "sent back"
    RIGHT = "checked"


OPEN = {StringState.WAITING, StringState.BACK}


def classify_string(text: str, older: bool, verdict: bool | None) -> StringState:
    """`older`: whether an older source has a translation. `verdict`: on exactly this text; None if there is none."""
    if not text:
        return StringState.BEHIND if older else StringState.EMPTY
    if verdict is None:
        return StringState.WAITING
    return StringState.RIGHT if verdict else StringState.BACK


def may_check(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHECKS))


def may_judge(user: Any, *, written_by: int | None, checker: int | None) -> bool:
    """Only the named checker says yes or no, and never of their own words."""
    return may_check(user) and user.pk == checker and user.pk != written_by


def may_be_checker(user: Any, *, writers: Collection[int], sender: int) -> bool:
    """Whether the user may be named as checker: not the sender, nor a writer of a waiting string."""
    return may_check(user) and user.pk != sender and user.pk not in writers


def describe_language_state(
    *, total: int, said: int, right: int, behind: int, back: int, live: bool, begun: bool, waits: bool, checked: bool
) -> str:
    """The state of a language as a sentence, the most urgent part first."""
    if not begun:
        return "Not begun"
    parts = []
    if live and behind:
        parts.append(f"behind the source by {_count_texts(behind)}")
    elif behind:
        parts.append(f"{_count_texts(behind)} changed in the source")
    if waits:
        parts.append("waits for its checker")
    if back:
        parts.append(f"{_count_texts(back)} sent back")
    if live:
        parts.append("live" if checked else "live without a check")
    if not parts or said < total:
        parts.append(f"{said} of {total} texts")
    if right == total:
        parts.append("all checked")
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _count_texts(number: int) -> str:
    return f"{number} text" if number == 1 else f"{number} texts"
