"""Every allowed move of a triage case, in one table (controls.yaml, `triage`)."""

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

# The clock runs until someone has acted or decided.
ON_THE_CLOCK = (S.NEW, S.REOPENED, S.CLAIMED, S.SECOND_VIEW)
# Where a second concern about the same answer finds its case, and where it puts it. Whoever looked before did not see
# all of it: the case is looked at anew, by the same moves.
ON_A_NEW_CONCERN: dict[CaseState, CaseState] = dict.fromkeys(CaseState, S.REOPENED) | {
    S.NEW: S.NEW,
    S.CLAIMED: S.CLAIMED,
}

# A request to be contacted, handled by one person: tried as often as it takes.
CONTACT_MOVES: dict[str, frozenset[str]] = {
    C.NEW: frozenset({C.CLAIMED}),
    C.CLAIMED: frozenset({C.NEW, C.TRIED, C.REACHED, C.CLOSED}),
    C.TRIED: frozenset({C.NEW, C.TRIED, C.REACHED, C.CLOSED}),
    C.REACHED: frozenset({C.NEW, C.CLOSED}),
    C.CLOSED: frozenset(),
}

LADO = "LADO"  # the route of a concern about staff (D7)
REFERRALS = (
    "front door/MASH",
    "police 999",
    "police 101 or intelligence",
    LADO,
    "CEOP",
    "NRM",
    "Forced Marriage Unit",
    "school DSL",
    "existing worker told",
)
FALSE_POSITIVE = "false positive"
OUTCOMES = (*REFERRALS, "support text changed", "nobody can be identified", FALSE_POSITIVE)
DUTY = ("yes", "no", "not-applicable")


def allows(state: str, to: str) -> bool:
    return to in MOVES[CaseState(state)]


def contact_allows(state: str, to: str) -> bool:
    return to in CONTACT_MOVES[ContactState(state)]


def outcomes_of(state: str) -> tuple[str, ...]:
    """A false positive is closed from "no concern" alone, so that its second view cannot be gone round."""
    if state == S.NO_CONCERN:
        return (FALSE_POSITIVE, "nobody can be identified", "support text changed")
    if state == S.REFERRED:
        return REFERRALS
    return tuple(outcome for outcome in OUTCOMES if outcome != FALSE_POSITIVE)
