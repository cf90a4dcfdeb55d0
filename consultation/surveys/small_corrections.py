"""Tells whether an edit of a consultation corrects nothing but spaces and capital letters of what it says.

It compares the stored content of two drafts. All that is not named here has to be the same to the letter: dates, ids, the
order of questions, choices and rows, conditions, links, numbers. So what a later version adds is never small by itself.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

PROSE = frozenset((
    "title", "draft_title", "summary", "summary_easy", "can_change", "can_change_easy", "cannot_change",
    "cannot_change_easy", "groups_invited", "groups_missing", "safe_checked_by", "designed_with", "seen_how", "told_how",
    "decision_role",
))  # fmt: skip
BLOCK_PROSE = frozenset(("text", "easy", "hint", "hint_easy", "why", "body", "body_easy"))
# What Wagtail notes about a page and nobody reads: where it is in the tree, who edits it, when it went live.
BOOKKEEPING = frozenset((
    "path", "depth", "numchild", "latest_revision", "latest_revision_created_at", "live_revision", "live",
    "has_unpublished_changes", "first_published_at", "last_published_at", "expired", "locked", "locked_at", "locked_by",
    "wagtail_admin_comments",
))  # fmt: skip
# A number, a link or an address: its capitals tell things apart.
EXACT = re.compile(r"[\d@/\\<>&:=_#]|\w\.\w")


def changes_no_meaning(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether these contents of two revisions differ in spaces and capitals alone, or not at all."""
    names = (old.keys() | new.keys()) - BOOKKEEPING - {"body"}
    return all(
        name in old and name in new and _says_the_same(name in PROSE, old[name], new[name]) for name in names
    ) and (_asks_the_same(_load_blocks(old), _load_blocks(new)))


def _load_blocks(content: Mapping[str, Any]) -> list[Any]:
    body = content.get("body") or []
    return json.loads(body) if isinstance(body, str) else body


def _asks_the_same(old: list[Any], new: list[Any]) -> bool:
    return len(old) == len(new) and all(map(_is_same_block, old, new))


def _is_same_block(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    one, other = old["value"], new["value"]
    return (
        {**old, "value": None} == {**new, "value": None}
        and one.keys() == other.keys()
        and all(_says_the_same(name in BLOCK_PROSE, one[name], other[name]) for name in one)
    )


def _says_the_same(is_prose: bool, old: Any, new: Any) -> bool:
    if is_prose and isinstance(old, str) and isinstance(new, str):
        return list(map(_fold_capitals, old.split())) == list(map(_fold_capitals, new.split()))
    return type(old) is type(new) and bool(old == new)


def _fold_capitals(word: str) -> str:
    """The word in small letters, but as it is where its capitals tell it from another: “US”, “M62”, “x.org/Ab”."""
    letters = [letter for letter in word if letter.isalpha()]
    is_short_form = len(letters) > 1 and all(letter.isupper() for letter in letters)
    return word if is_short_form or EXACT.search(word) else word.lower()
