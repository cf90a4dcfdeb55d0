"""Every allowed move of a triage case, in one table (controls.yaml, `triage`)."""

from consultation.safeguarding.models import CaseState

S = CaseState

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

REFERRALS = (
    "front door/MASH",
    "police 999",
    "police 101 or intelligence",
    "LADO",
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


def outcomes_of(state: str) -> tuple[str, ...]:
    """A false positive is closed from "no concern" alone, so that its second view cannot be gone round."""
    if state == S.NO_CONCERN:
        return (FALSE_POSITIVE, "nobody can be identified", "support text changed")
    if state == S.REFERRED:
        return REFERRALS
    return tuple(outcome for outcome in OUTCOMES if outcome != FALSE_POSITIVE)
