"""How the desk says things: how likely, how far, in which language, and which way the words run."""

import re
import unicodedata

from django.utils.translation import get_language_info

VERY_LIKELY, LIKELY = 0.8, 0.5
TAG = re.compile(r"\[[A-Z]+(?: \d+)?\]")
RIGHT_TO_LEFT = ("R", "AL")
# (share from which, words). Exact counts of answers stay off these pages.
SHARES = (
    (1.0, "All of it is coded."),
    (0.9, "Nearly all of it is coded."),
    (0.66, "About three quarters of it is coded."),
    (0.4, "About half of it is coded."),
    (0.15, "About a quarter of it is coded."),
    (0.0, "A little of it is coded."),
)


def likely(confidence: float) -> str:
    """A confidence in words: a number would claim to be exact."""
    if confidence >= VERY_LIKELY:
        return "Very likely"
    return "Likely" if confidence >= LIKELY else "Perhaps"


def progress(coded: int, total: int) -> str:
    if not total:
        return "No cleared words yet."
    if not coded:
        return "None of it is coded yet."
    return next(words for share, words in SHARES if coded / total >= share)


def language_name(code: str) -> str:
    """In English: what a coder says who looks for a colleague that reads it."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


def direction(text: str) -> str:
    """By the letters of its author: a redaction tag at the beginning is Latin in every language."""
    kinds = [unicodedata.bidirectional(letter) for letter in TAG.sub("", text)]
    right = sum(kind in RIGHT_TO_LEFT for kind in kinds)
    return "rtl" if right > sum(kind == "L" for kind in kinds) else "ltr"
