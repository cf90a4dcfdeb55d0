"""Phrases of the desk: likelihood, progress, language names and text direction."""

import unicodedata

from django.utils.translation import get_language_info

from consultation.domain.personal_data_types import TAG

VERY_LIKELY, LIKELY = 0.8, 0.5
RIGHT_TO_LEFT = ("R", "AL")
# (least share, words). Exact numbers of texts are not shown.
SHARES = (
    (1.0, "All of it is coded."),
    (0.9, "Nearly all of it is coded."),
    (0.66, "About three quarters of it is coded."),
    (0.4, "About half of it is coded."),
    (0.15, "About a quarter of it is coded."),
    (0.0, "A little of it is coded."),
)


def likelihood_in_words(confidence: float) -> str:
    """A confidence in words: a number would seem exact."""
    if confidence >= VERY_LIKELY:
        return "Very likely"
    return "Likely" if confidence >= LIKELY else "Perhaps"


def progress_in_words(coded: int, total: int) -> str:
    if not total:
        return "No cleared words yet."
    if not coded:
        return "None of it is coded yet."
    return next(words for share, words in SHARES if coded / total >= share)


def language_name(code: str) -> str:
    """The English name of a language, with which a coder finds a colleague who reads it."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


def text_direction(text: str) -> str:
    """ltr or rtl by the majority of letters, without redaction tags, which are Latin in every language."""
    kinds = [unicodedata.bidirectional(letter) for letter in TAG.sub("", text)]
    right = sum(kind in RIGHT_TO_LEFT for kind in kinds)
    return "rtl" if right > sum(kind == "L" for kind in kinds) else "ltr"
