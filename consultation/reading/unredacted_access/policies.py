"""Whether an original may be opened now. The permission is `consultation.read_raw`."""

from consultation.responses.models import AnswerState

DECIDED = frozenset({AnswerState.CLEARED, AnswerState.RELEASED, AnswerState.NOT_USED})
SHORTEST = 10


def may_open_original(*, state: str, withdrawn: bool, erased: bool, reason: str) -> str:
    """Why it may not be opened, in words for the reader; empty when it may. Triaged answers open on their case."""
    if withdrawn or state not in DECIDED:
        return "The original of this answer cannot be opened here."
    if erased:
        return "The words as they were sent are erased. Nobody can open them."
    if len(reason.strip()) < SHORTEST:
        return "Say why you need to see the original. It is kept with the answer."
    return ""
