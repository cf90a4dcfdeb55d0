"""Policies of a mailbox: may this happen now? Pure functions; "may this person" is a permission."""

from consultation.safeguarding.mailbox import states

CLOSED = "This mailbox is closed. The child can open a new one."
NOT_YOURS = "A colleague has this mailbox."
NOT_TAKEN = "Take it first: one person answers one child."
WROTE_AGAIN = "The child wrote again while you wrote. Read it first; your words are still in the box."


def may_handle(*, state: str, action: str, claimed_by: int | None, by: int) -> str:
    """Why a lead may not do this with a mailbox; empty when they may. Only whoever claimed it writes and closes."""
    if not states.is_allowed(state, action):
        return CLOSED
    if action == states.GIVE_BACK:
        return "" if claimed_by is not None else NOT_TAKEN
    if action == states.CLAIM:
        return "" if claimed_by in (None, by) else NOT_YOURS
    return "" if claimed_by == by else NOT_TAKEN if claimed_by is None else NOT_YOURS


def may_answer(*, seen: int, last: int) -> str:
    """Why a lead may not answer or close: a message came that they have not seen, whose clock it would stop."""
    return WROTE_AGAIN if seen < last else ""
