"""When a model is due to be fitted, and which may be put in use. Pure."""

FIRST_CODES = 20  # coded texts before the first model learns from people
MORE = 0.2  # growth since the newest model that makes another due
ASKED = "A person asked for it."
NEW = "The codebook has a new version, or the engine is new."
WITHDRAWN = "Words that it learned from were taken back."
OTHER_VERSION = "It was fitted for another version of the codebook."
OTHER_ENGINE = "It was fitted by an older engine, which reads answers in another way."
ERASED = "Words that it had learned from were taken back, so what it learned was erased."
IN_USE = "It is in use already."


def more_codes_needed(seen: int) -> int:
    return max(FIRST_CODES, round(seen * MORE))


def why_fit_model(*, asked: bool, marked: bool, fits: bool, seen: int, confirmed: int) -> str:
    """The reason why a model is due; "" where none is. `asked`: a person asked for one; `marked`: the model in use learned
    from deleted texts; `fits`: the newest model is for the current version and engine; `seen`: the coded texts that it
    learned from; `confirmed`: the coded texts now."""
    if asked:
        return ASKED
    if marked:
        return WITHDRAWN
    if not fits:
        return NEW
    if confirmed - seen >= more_codes_needed(seen):
        return f"At least {more_codes_needed(seen)} more answers were coded by people since the last one."
    return ""


def why_not_use(*, in_use: bool, erased: bool, same_version: bool, same_engine: bool) -> str:
    """The reason why a model cannot be put in use; "" where it can."""
    if in_use:
        return IN_USE
    if erased:
        return ERASED
    if not same_version:
        return OTHER_VERSION
    return "" if same_engine else OTHER_ENGINE


def may_take_over(*, chosen: bool, why: str) -> bool:
    """Whether a new model replaces the current one by itself: not if a person chose that, unless for these reasons."""
    return not chosen or why in (ASKED, WITHDRAWN, NEW)
