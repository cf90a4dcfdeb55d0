"""What of a suggestion may be said, and when a new look is due. Pure functions."""

import re

LEAST_SHOWN = 10
LEAST_PEOPLE = 5  # of a group, of a word of its name, and of a phrase that is kept
RUN = 5  # so many words in a row that stand in an answer are a quote
WORD = re.compile(r"\w+(?:['’]\w+)?")
STEP = 5
SHARES = (
    (0.9, "nearly all"),
    (0.7, "about three quarters"),
    (0.58, "about two thirds"),
    (0.42, "about half"),
    (0.29, "about a third"),
    (0.22, "about a quarter"),
    (0.15, "about a fifth"),
    (0.08, "about a tenth"),
)
ENOUGH_TO_BEGIN = 60  # texts that no theme fits, before the machine looks by itself
GROWN_BY = 0.25  # and again when so many more are in no group


def people_in_words(number: int) -> str:
    """A size that gives nobody away: in steps of 5, and nothing exact below 10."""
    if number < LEAST_SHOWN:
        return "fewer than 10 people"
    return f"about {(number + STEP // 2) // STEP * STEP} people"


def size_in_words(people: int, everyone: int) -> str:
    """How large a group is among those whose words no theme fits, without a number."""
    share = people / everyone if everyone else 0
    return "A large group" if share >= 0.2 else "A middling group" if share >= 0.07 else "A small group"


def share_in_words(share: float) -> str:
    """A share as people say it; nothing where it is too small to speak of."""
    return next((words for least, words in SHARES if share >= least), "")


def is_quote(phrase: str) -> bool:
    """Whether it is long enough to be somebody's own words."""
    return len(WORD.findall(phrase)) >= RUN


def holds(answer: str, phrase: str) -> bool:
    """Whether the answer has these words in a row, however they are spaced or spelt large and small."""
    said, words = (f" {' '.join(WORD.findall(one.lower()))} " for one in (answer, phrase))
    return words in said


def is_due(*, missed: int, outside: int, left: int | None) -> bool:
    """Whether the machine looks by itself: `missed` texts have no theme, `outside` of them are in no group, and the last
    look `left` so many outside (None: it has not looked)."""
    if left is None:
        return missed >= ENOUGH_TO_BEGIN
    return outside - left >= max(ENOUGH_TO_BEGIN, GROWN_BY * missed)


def why_not_settle(state: str) -> str:
    """Why a suggestion can take no decision, in words; nothing where it can."""
    return "" if state == "open" else "Somebody has decided about this suggestion already. Undo that first."


def why_not_undo(*, state: str, in_force: bool, parts_decided: bool) -> str:
    """Why a decision can no longer be taken back, in words."""
    if state == "open":
        return "There is nothing to undo."
    if in_force:
        return "The codebook with this change was approved. Change the theme in the codebook."
    return "Somebody has decided about one of the two parts. Undo that first." if parts_decided else ""
