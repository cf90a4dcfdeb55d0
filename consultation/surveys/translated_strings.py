"""Which translated strings go live: approved ones, in questions that are complete in the language. Pure functions."""

import hashlib
import json
from collections.abc import Collection

# Fields that a question needs in the language; easy read, hints and reasons are optional.
NEEDED = {"text", "alt", "low_label", "high_label", "unit"}


def string_digest(path: str, source: str, text: str) -> str:
    """Identifies the text and source that an approval holds for."""
    return hashlib.sha256(json.dumps([path, source, text], ensure_ascii=False).encode()).hexdigest()


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
    broken = {find_block_id(path) for path in paths if is_needed(path) and path not in right}
    return {path for path in paths if path in right and find_block_id(path) not in broken}
