"""Policies of triage: may this happen now? Pure functions; "may this person" is a permission."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from consultation.agencies.first_agencies import LADO
from consultation.safeguarding import states
from consultation.safeguarding.models import CaseState, ContactState, Priority

URGENCY = (Priority.T1, Priority.T2, Priority.T3)
NOBODY_ELSE_SEES_IT = (
    "No lead of another agency would see it then. Telephone the LADO now, and have a lead of another agency added."
)
CLAIMED_BY_A_LEAD = "A lead has claimed it. Tell the lead what you know."
READ_FIRST = "Read the words first."
LONGEST_CHASE = timedelta(days=28)
# Moves that decide nothing, so that a lead may make them before reading.
DECIDES_NOTHING = frozenset({CaseState.NEW, CaseState.CLAIMED, CaseState.REOPENED})
# Moves that end a case without help: after a second view they take another lead than the first.
ENDS_WITHOUT_HELP = frozenset({CaseState.NO_CONCERN, CaseState.LEARNING_ONLY})


def must_read_first(*, to: str, unread: bool) -> str:
    """READ_FIRST for a decision on words that this lead has not opened since signing in; else empty.

    Every move passes here. A case without words is never unread: TriageCase.is_unread_by.
    """
    return READ_FIRST if unread and to not in DECIDES_NOTHING else ""


def must_say_why(*, state: str, to: str, is_own: bool) -> bool:
    """Whether a move needs a note: each that stops the clock or asks for a view, and putting back what a colleague has. A
    referral says to whom, so it needs one as a second view alone."""
    if to == CaseState.REFERRED:
        return state == CaseState.SECOND_VIEW
    return to != CaseState.NEW or not is_own


def may_move(
    *, state: str, to: str, priority: str, claimed_by: int | None, first_view_by: int | None, by: int, unread: bool
) -> str:
    """Why a case may not move, as a message for the lead; empty when it may.

    Ending a T1 case without help ("no concern", "learning only") takes two leads: one asks for a second view, another
    decides. The lead who claimed a case decides on it; a colleague may only put it back.
    """
    if not states.is_move_allowed(state, to):
        return f"A case that is “{CaseState(state).label}” cannot become “{CaseState(to).label}”."
    if state == CaseState.CLAIMED and to != CaseState.NEW and claimed_by != by:
        return "A colleague has this case. Put it back first, then claim it."
    viewed = state == CaseState.SECOND_VIEW and first_view_by is not None
    if priority == Priority.T1 and to in ENDS_WITHOUT_HELP and not viewed:
        return f"A T1 case needs a second view before it can be “{CaseState(to).label}”. Ask another lead."
    if state == CaseState.SECOND_VIEW and to in ENDS_WITHOUT_HELP and first_view_by == by:
        return "You gave the first view. Another lead gives the second."
    return must_read_first(to=to, unread=unread)


def may_close(
    *,
    state: str,
    outcome: str,
    reason: str,
    reporting_duty: str,
    reference: str,
    about_staff: bool,
    unread: bool,
    referrals: Iterable[tuple[str, str, bool]],
) -> str:
    """Why a case may not be closed; empty when it may. `referrals`: (agency, its outcome, whether it has decided)."""
    if not states.is_move_allowed(state, CaseState.CLOSED):
        return f"A case that is “{CaseState(state).label}” cannot be closed yet."
    if outcome not in states.outcomes_for(state):
        return "Choose an outcome that fits what was done."
    if not reason.strip():
        return "Say why."
    if reporting_duty not in states.REPORTING_DUTY_CHOICES:
        return "Say whether the duty to report was considered."
    if outcome in states.REFERRALS and not reference.strip():
        return "Give the reference in the system that took it over."
    if outcome == LADO and not about_staff:
        return "LADO is for a concern about staff. Say first which agency it is about."
    if outcome == states.FALSE_POSITIVE and about_staff:
        return "Readers get it back, those of that agency too. Say first that it is not about staff after all."
    return _explain_referrals(outcome, list(referrals)) or must_read_first(to=CaseState.CLOSED, unread=unread)


def _explain_referrals(outcome: str, referrals: list[tuple[str, str, bool]]) -> str:
    """Why referrals stand against closing with this outcome; empty when none does."""
    waiting = [agency for agency, _, has_decided in referrals if not has_decided]
    if waiting:
        return f"Write down first what was decided: {', '.join(waiting)}."
    if outcome in states.REFERRALS and outcome not in [made for _, made, _ in referrals]:
        return f"It was not referred there yet: {outcome}."
    return ""


def may_tell(*, outcome: str, agency: str, accused: str | None) -> str:
    """Why an agency may not be told of a case; empty when it may. `accused`: the agency of the staff that the concern is
    about. Agencies are given by their keys."""
    if outcome not in states.REFERRALS or not agency:
        return "Choose who gets it."
    if agency == accused:
        return "The concern is about staff of that agency: nobody there may hear of it."
    if outcome == LADO and accused is None:
        return "LADO is for a concern about staff. Say first which agency it is about."
    return ""


def may_refer(
    *,
    outcome: str,
    agency: str,
    reference: str,
    by_phone_to: str,
    chase_on: date | None,
    today: date,
    accused: str | None,
) -> str:
    """Why a case may not be referred like this; empty when it may."""
    refused = may_tell(outcome=outcome, agency=agency, accused=accused)
    if refused:
        return refused
    if not reference.strip() and not by_phone_to.strip():
        return "Give its reference there, or the name of the person who took it by telephone."
    return may_chase_on(chase_on, today)


def may_chase_on(chase_on: date | None, today: date) -> str:
    """Why this is no day to ask an agency again; empty when it is. No clock runs until then, so it is not far off."""
    if not chase_on or chase_on < today:
        return "Give the day on which to ask what was decided: today or later."
    if chase_on > today + LONGEST_CHASE:
        return f"Ask what was decided within {LONGEST_CHASE.days} days. You can ask again after that."
    return ""


def may_take_back(*, state: str, moved_at: datetime, sent_at: datetime, about_staff: bool) -> str:
    """Why the reader who sent a case at this moment may not take it back; empty while no lead has claimed it."""
    if state != CaseState.NEW or moved_at != sent_at:
        return CLAIMED_BY_A_LEAD
    return (
        "It is about a member of staff, so it stays with the leads. Tell a lead what you know." if about_staff else ""
    )


def may_hide(*, agency: str, lead_agencies: Iterable[str | None]) -> str:
    """Why a case may not be hidden from an agency; empty when it may. Some lead must still see it (D7). Agencies are
    given by their keys."""
    if not agency:
        return "Name the agency."
    if not any(other not in (None, agency) for other in lead_agencies):
        return NOBODY_ELSE_SEES_IT
    return ""


def may_handle_contact(*, state: str, to: str, claimed_by: int | None, by: int) -> str:
    """Why a contact request may not move; empty when it may. Only the person who claimed it handles it."""
    if to not in states.CONTACT_MOVES[ContactState(state)]:
        return f"A request that is “{ContactState(state).label}” cannot become “{ContactState(to).label}”."
    if state != ContactState.NEW and to != ContactState.NEW and claimed_by != by:
        return "A colleague has taken this request."
    return ""


def pick_more_urgent(one: str, other: str) -> str:
    """The more urgent priority. A priority is never lowered: that would evade the second view."""
    known = [priority for priority in (one, other) if priority in URGENCY]
    return min(known, key=URGENCY.index) if known else Priority.T2
