"""When a model is fitted, and which may be put in use. No database: facts in, words out."""

from dataclasses import dataclass

FIRST_CODES = 20  # confirmed answers before a model learns from people at all
MORE = 0.2  # and then a fifth more than the last one saw
ASKED = "A person asked for it."
NEW = "The codebook has a new version, or the engine is new."
WITHDRAWN = "Words that it learned from were taken back."
OTHER_VERSION = "It was fitted for another version of the codebook."
OTHER_ENGINE = "It was fitted by an older engine, which reads answers in another way."
ERASED = "Words that it had learned from were taken back, so what it learned was erased."
IN_USE = "It is in use already."


@dataclass(frozen=True)
class Facts:
    """Of one codebook: what its newest model saw, and what there is to see now."""

    asked: bool  # a person asked for a new one
    marked: bool  # the model in use learned from words that are gone
    fits: bool  # the newest one is for the version and the engine of today
    seen: int  # confirmed answers that the newest one learned from
    confirmed: int


def enough_more(seen: int) -> int:
    return max(FIRST_CODES, round(seen * MORE))


def why_fit(facts: Facts) -> str:
    """In plain words, why a model is due; empty if none is."""
    if facts.asked:
        return ASKED
    if facts.marked:
        return WITHDRAWN
    if not facts.fits:
        return NEW
    if facts.confirmed - facts.seen >= enough_more(facts.seen):
        return f"At least {enough_more(facts.seen)} more answers were coded by people since the last one."
    return ""


def why_not_use(*, in_use: bool, erased: bool, same_version: bool, same_engine: bool) -> str:
    """Why a model cannot be put in use; empty if it can."""
    if in_use:
        return IN_USE
    if erased:
        return ERASED
    if not same_version:
        return OTHER_VERSION
    return "" if same_engine else OTHER_ENGINE


def takes_over(*, chosen: bool, why: str) -> bool:
    """Whether a new model goes in use by itself. One that a person chose stays, unless it must go or a person asked."""
    return not chosen or why in (ASKED, WITHDRAWN, NEW)
