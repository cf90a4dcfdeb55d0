"""Policies of the desk as pure functions over plain values. The permission is `consultation.read_raw`."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from consultation.reading import states
from consultation.reading.models import ExpectedDecision, ReadingDecision, SeededOutcome
from consultation.responses.models import AnswerState
from consultation.safeguarding import clocks

CLEARS = frozenset({ReadingDecision.CLEAR, ReadingDecision.NEVER_QUOTE})
ENDS_READING = CLEARS | {ReadingDecision.NOT_USED}
# Types that identify one person (R3). A worker counts: they may be the one who harms.
POINTS_AT_SOMEONE = frozenset({"PERSON", "WORKER", "NICKNAME", "HANDLE", "PLATE"})
# Types that name a place. With harm that a reader confirms, the place goes to the leads too.
NAMES_A_PLACE = frozenset({"PLACE", "ADDRESS", "POSTCODE", "SCHOOL", "ORG"})
# Flag categories that ask for an early read, without a sign of harm.
NOT_HARM = frozenset({"soon", "unreadable", "reported"})


def may_decide(*, state: str, decision: str, by: int, colleague_asked_by: int | None) -> str:
    """Why the reader may not take this decision, in words for them; empty when they may."""
    if states.state_after(state, decision) is None:
        return f"An answer that is “{AnswerState(state).label}” cannot be “{ReadingDecision(decision).label}”."
    if state == AnswerState.AWAITING_COLLEAGUE and colleague_asked_by == by and decision != ReadingDecision.TRIAGE:
        return "You asked a colleague. Someone else must decide, or send it to the safeguarding lead."
    return ""


def goes_to_triage_first(*, categories: Iterable[str], types: Iterable[str]) -> bool:
    """Personal data of one person with a sign of harm goes to the leads, unless the reader gives a reason (R3)."""
    return bool(set(categories) - NOT_HARM) and bool(POINTS_AT_SOMEONE & set(types))


def must_go_to_leads(*, decision: str, harm: bool, types: Iterable[str]) -> str:
    """Why harm that the reader confirms cannot be kept from the leads; empty when it names nobody and no place. No reason
    stands against it: only a lead decides what the police are told."""
    if not harm or decision == ReadingDecision.TRIAGE or not (POINTS_AT_SOMEONE | NAMES_A_PLACE) & set(types):
        return ""
    return "You say that it tells of harm, and it names a person, a car or a place. Send it to triage."


def is_quotable(*, decision: str, wanted: bool, identifying_story: bool, was_triaged: bool) -> bool:
    """Text that was ever triaged or that identifies its author is counted, never quoted."""
    return decision == ReadingDecision.CLEAR and wanted and not identifying_story and not was_triaged


def release_time(*, decision: str, decided_at: datetime, minutes: int) -> datetime | None:
    return decided_at + timedelta(minutes=minutes) if decision in CLEARS else None


def may_undo(*, state: str, reader: int, by: int, decided_at: datetime, now: datetime, minutes: int) -> str:
    """Why a decision cannot be undone, in words for the reader; empty when it can."""
    if states.state_after(state, states.UNDO) is None:
        return "This cannot be undone here."
    if reader != by:
        return "Only the reader who decided can undo it."
    if now >= decided_at + timedelta(minutes=minutes):
        return "The time to undo is over."
    return ""


def flagged_read_due(*, flagged: bool, priority: str, now: datetime, week: clocks.WorkingWeek) -> datetime | None:
    """The one-hour slot in which a flagged answer is due, never later than one without a flag would be; None without a
    flag, as the time of such an answer must not be stored."""
    if not flagged:
        return None
    return clocks.end_of_hour_slot(min(clocks.case_due_at(priority, now, week), clocks.first_read_due(now, week)))


def may_decide_in(
    *,
    decision: str,
    language: str,
    reads: Collection[str],
    name: str,
    readers: Iterable[str],
    leave: str = "Hold it",
) -> str:
    """Why the reader may not end the reading of words in this language, in words for them; empty when they may.

    Asking a colleague and sending to the leads needs no language. `readers`: the names of those who read it.
    `leave`: how the answer is left for them.
    """
    if decision not in ENDS_READING or language in reads:
        return ""
    others = ", ".join(readers)
    who = (
        f"{leave} for who does: {others}." if others else "Nobody here does: send it to triage, or ask a lead who can."
    )
    return f"You have not said that you read {name}. {who} If the screen is wrong, say in which language it is."


def needs_reason(*, decision: str, flagged: bool) -> bool:
    """Whether the reader must say why: a flagged answer that does not go to the leads."""
    return flagged and decision != ReadingDecision.TRIAGE


def score_seeded_answer(
    *, wanted: str, names: Iterable[Iterable[int]], decision: str, hidden: Iterable[dict[str, Any]]
) -> str:
    """Whether a seeded answer was decided rightly. A name that is hidden only in part counts as missed."""
    sent = decision == ReadingDecision.TRIAGE
    if wanted == ExpectedDecision.TRIAGE:
        return SeededOutcome.RIGHT if sent else SeededOutcome.MISSED
    if wanted == ExpectedDecision.CLEAR:
        return SeededOutcome.TOO_MUCH if sent else SeededOutcome.RIGHT
    if decision not in CLEARS:
        return SeededOutcome.RIGHT  # nobody sees it
    covered = {at for span in hidden for at in range(span["start"], span["end"])}
    named = {at for start, end in names for at in range(start, end)}
    return SeededOutcome.RIGHT if named <= covered else SeededOutcome.MISSED
