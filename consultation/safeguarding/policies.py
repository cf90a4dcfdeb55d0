"""May this happen now? Pure functions over plain values; "may this person" is a permission."""

from consultation.safeguarding import states
from consultation.safeguarding.models import CaseState, Priority

URGENCY = (Priority.T1, Priority.T2, Priority.T3)


def may_move(*, state: str, to: str, priority: str, first_view_by: int | None, by: int) -> str:
    """Why a case may not move, in words for the lead; empty when it may.

    "No concern" on a T1 case is agreed by two leads: the first asks for a second view, another one decides.
    """
    if not states.allows(state, to):
        return f"A case that is “{CaseState(state).label}” cannot become “{CaseState(to).label}”."
    if priority == Priority.T1 and to == CaseState.NO_CONCERN:
        if state != CaseState.SECOND_VIEW or first_view_by is None:
            return "A T1 case needs a second view before it can be “No concern”. Ask another lead."
        if first_view_by == by:
            return "You gave the first view. Another lead must agree that there is no concern."
    return ""


def may_close(*, state: str, outcome: str, reason: str, reporting_duty: str, reference: str) -> str:
    """Why a case may not be closed; empty when everything that closing needs is there."""
    if not states.allows(state, CaseState.CLOSED):
        return f"A case that is “{CaseState(state).label}” cannot be closed yet."
    if outcome not in states.outcomes_of(state):
        return "Choose an outcome that fits what was done."
    if not reason.strip():
        return "Say why."
    if reporting_duty not in states.DUTY:
        return "Say whether the duty to report was considered."
    if outcome in states.REFERRALS and not reference.strip():
        return "Give the reference in the system that took it over."
    return ""


def more_urgent(one: str, other: str) -> str:
    """A priority is only ever raised: lowering it would be a way round the second view."""
    known = [priority for priority in (one, other) if priority in URGENCY]
    return min(known, key=URGENCY.index) if known else Priority.T2
