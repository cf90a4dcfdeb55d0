"""The size of a suggestion in words, the limit for quotes, and when a discovery run is due. Pure."""

from insights.coding.shared_phrases import split_phrase

RUN = 5  # words in a row that count as a quote
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
ENOUGH_TO_BEGIN = 60  # texts without a theme that start the first run by itself
GROWN_BY = 0.25  # growth of ungrouped texts, as a share of texts without a theme, that starts another run


def size_in_words(people: int, everyone: int) -> str:
    """The size of a group among all people with texts without a theme, in words."""
    share = people / everyone if everyone else 0
    return "A large group" if share >= 0.2 else "A middling group" if share >= 0.07 else "A small group"


def share_in_words(share: float) -> str:
    """A share in words; "" where it is too small."""
    return next((words for least, words in SHARES if share >= least), "")


def is_quote(phrase: str) -> bool:
    """Whether the phrase is long enough to be a quote."""
    return len(split_phrase(phrase)) >= RUN


def is_discovery_due(*, missed: int, outside: int, left: int | None) -> bool:
    """Whether a run starts by itself. `missed`: texts without a theme; `outside`: those in no group; `left`: the
    number in no group after the last run (None: no run yet)."""
    if left is None:
        return missed >= ENOUGH_TO_BEGIN
    return outside - left >= max(ENOUGH_TO_BEGIN, GROWN_BY * missed)


def why_not_decide(state: str) -> str:
    """Why the suggestion cannot be decided; "" where it can."""
    return "" if state == "open" else "Somebody has decided about this suggestion already. Undo that first."


def why_not_undo(*, state: str, in_force: bool, parts_decided: bool) -> str:
    """Why a decision cannot be undone; "" where it can."""
    if state == "open":
        return "There is nothing to undo."
    if in_force:
        return "The codebook with this change was approved. Change the theme in the codebook."
    return "Somebody has decided about one of the two parts. Undo that first." if parts_decided else ""
