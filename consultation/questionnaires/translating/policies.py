"""Who may do what with a translation, how each string stands, and what of it people may read. Pure functions."""

import hashlib
import json
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

TRANSLATES, CHECKS = "consultation.edit_consultation", "consultation.approve_consultation"

# Without these a question cannot be asked in the language; easy read, hints and reasons may come later.
NEEDED = {"text", "alt", "low_label", "high_label", "unit"}


class State(StrEnum):
    EMPTY = "not translated"
    BEHIND = "source changed"  # it was translated, and the source says something else now
    WAITING = "waits for a check"
    BACK = "sent back"
    RIGHT = "checked"


OPEN = {State.WAITING, State.BACK}


def digest(path: str, source: str, text: str) -> str:
    """An approval is of exactly these words beside exactly that source."""
    return hashlib.sha256(json.dumps([path, source, text], ensure_ascii=False).encode()).hexdigest()


def state_of(text: str, older: bool, verdict: bool | None) -> State:
    """`older`: there are words for another source at this place. `verdict`: of exactly these words; None: nobody's."""
    if not text:
        return State.BEHIND if older else State.EMPTY
    if verdict is None:
        return State.WAITING
    return State.RIGHT if verdict else State.BACK


def may_translate(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(TRANSLATES))


def may_check(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(CHECKS))


def may_judge(user: Any, *, written_by: int | None, checker: int | None) -> bool:
    """Only the named checker says yes or no, and never of their own words."""
    return may_check(user) and user.pk == checker and user.pk != written_by


def may_be_named(user: Any, *, writers: Collection[int], sender: int) -> bool:
    """As the checker of a language: someone else than who asks for it, and than all who wrote what waits."""
    return may_check(user) and user.pk != sender and user.pk not in writers


def has_words(text: str) -> bool:
    """Figures alone say the same in every language."""
    return any(letter.isalpha() for letter in text)


def is_needed(path: str) -> bool:
    """Whether a question cannot be asked in the language without this string of it."""
    return path.startswith("body.") and ".help_by_answer." not in path and path.rpartition(".")[2] in NEEDED


def block_of(path: str) -> str:
    """The id of the question that a string belongs to; empty for a field of the page."""
    parts = path.split(".")
    return parts[1] if parts[0] == "body" and len(parts) > 1 else ""


def readable(paths: Collection[str], right: Collection[str]) -> set[str]:
    """Of the paths that have words, those that people may read in the language: right, and of a question that is whole.

    A question half in one language is worse than one that says that it is only in English yet.
    """
    needed = [(block_of(path), path) for path in paths if is_needed(path)]
    broken = {block for block, _ in needed} - whole(needed, right)
    return {path for path in paths if path in right and block_of(path) not in broken}


def whole(needed: Iterable[tuple[str, str]], right: Collection[str]) -> set[str]:
    """The blocks of which each needed string, (block, path), is right."""
    blocks: dict[str, bool] = {}
    for block, path in needed:
        blocks[block] = blocks.get(block, True) and path in right
    return {block for block, complete in blocks.items() if complete}


def in_words(
    *, total: int, said: int, right: int, behind: int, back: int, live: bool, begun: bool, waits: bool, checked: bool
) -> str:
    """The state of a language in a sentence, the most urgent thing first."""
    if not begun:
        return "Not begun"
    parts = []
    if live and behind:
        parts.append(f"behind the source by {_strings(behind)}")
    elif behind:
        parts.append(f"{_strings(behind)} changed in the source")
    if waits:
        parts.append("waits for its checker")
    if back:
        parts.append(f"{_strings(back)} sent back")
    if live:
        parts.append("live" if checked else "live without a check")
    if not parts or said < total:
        parts.append(f"{said} of {total} strings")
    if right == total:
        parts.append("all checked")
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _strings(number: int) -> str:
    return f"{number} string" if number == 1 else f"{number} strings"
