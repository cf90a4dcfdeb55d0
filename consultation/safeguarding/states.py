"""Every allowed move of a triage case, in one table (domain/controls.yaml, `triage`)."""

from consultation.agencies.first_agencies import ANOTHER_AGENCY, FIRST_AGENCIES
from consultation.safeguarding.models import CaseState, ContactState

S, C = CaseState, ContactState

MOVES: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.CLAIMED}),
    S.CLAIMED: frozenset({S.SECOND_VIEW, S.REFERRED, S.CONTACTED, S.LEARNING_ONLY, S.NO_CONCERN, S.NEW}),
    S.SECOND_VIEW: frozenset({S.REFERRED, S.CONTACTED, S.LEARNING_ONLY, S.NO_CONCERN}),
    S.REFERRED: frozenset({S.CLOSED}),
    S.CONTACTED: frozenset({S.REFERRED, S.CLOSED}),
    S.LEARNING_ONLY: frozenset({S.CLOSED}),
    S.NO_CONCERN: frozenset({S.CLOSED}),
    S.CLOSED: frozenset({S.REOPENED}),
    S.REOPENED: frozenset({S.CLAIMED}),
}
# Moves that have an action of their own, because they need more than a note.
OWN_ACTIONS = (S.CLAIMED, S.REFERRED, S.CLOSED, S.REOPENED)

# States in which the clock runs: nobody has acted or decided yet.
RUNNING_CLOCK = (S.NEW, S.REOPENED, S.CLAIMED, S.SECOND_VIEW)
# The state of a case after a second concern about its answer: earlier decisions did not know of it, so the case is
# reopened unless it is still new or claimed.
ON_A_NEW_CONCERN = dict.fromkeys(CaseState, S.REOPENED) | {state: state for state in (S.NEW, S.CLAIMED)}

# Allowed moves of a contact request, which one person handles; TRIED may repeat, and each try has a clock.
CONTACT_MOVES: dict[str, frozenset[str]] = {
    C.NEW: frozenset({C.CLAIMED}),
    C.CLAIMED: frozenset({C.NEW, C.TRIED, C.REACHED, C.CLOSED}),
    C.TRIED: frozenset({C.NEW, C.TRIED, C.REACHED, C.CLOSED}),
    C.REACHED: frozenset({C.NEW, C.CLOSED}),
    C.CLOSED: frozenset(),
}

# States of a request in which the clock runs: nobody has reached the person yet.
RUNNING_CONTACT_CLOCK = (C.NEW, C.CLAIMED, C.TRIED)

REFERRALS = (*FIRST_AGENCIES, ANOTHER_AGENCY)
FALSE_POSITIVE = "false positive"
# No lead's outcome: the reader who sent the answer took it back before any lead had claimed the case.
TAKEN_BACK = "taken back by its reader"
OTHER_OUTCOMES = ("nobody can be identified", "support text changed")
OUTCOMES = (*REFERRALS, *OTHER_OUTCOMES, FALSE_POSITIVE)
REPORTING_DUTY_CHOICES = ("yes", "no", "not-applicable")


def is_move_allowed(state: str, to: str) -> bool:
    return to in MOVES[CaseState(state)]


def outcomes_for(state: str) -> tuple[str, ...]:
    """Outcomes with which a case may be closed. A false positive needs "no concern", and so its second view; an agency
    is the outcome of a referral only."""
    if state == S.REFERRED:
        return REFERRALS
    return (FALSE_POSITIVE, *OTHER_OUTCOMES) if state == S.NO_CONCERN else OTHER_OUTCOMES
