"""The moves of a mailbox and its clock, each as one table or function (domain/controls.yaml, `mailbox`)."""

from datetime import datetime
from typing import NamedTuple

from consultation.safeguarding import clocks
from consultation.safeguarding.mailbox.models import MailboxState
from consultation.safeguarding.models import Priority
from consultation.safeguarding.policies import pick_more_urgent

CHILD_WRITES, SCREENED, LEAD_WRITES, CLOSE = "child writes", "screened", "lead writes", "close"
CLAIM, GIVE_BACK = "claim", "give back"

# State x action -> next state. What is not in it is not allowed: a closed mailbox is never reopened.
AFTER: dict[str, dict[str, str]] = {
    MailboxState.OPEN: {
        CHILD_WRITES: MailboxState.OPEN,
        SCREENED: MailboxState.OPEN,
        CLAIM: MailboxState.OPEN,
        GIVE_BACK: MailboxState.OPEN,
        LEAD_WRITES: MailboxState.OPEN,
        CLOSE: MailboxState.CLOSED,
    },
    MailboxState.CLOSED: {},
}


def is_allowed(state: str, action: str) -> bool:
    return action in AFTER[MailboxState(state)]


class MailboxClock(NamedTuple):
    priority: str
    due: datetime | None


STOPPED = MailboxClock("", None)


def start_clock(priority: str, now: datetime, week: clocks.WorkingWeek) -> MailboxClock:
    """The clock of a child's message: T2 at least. It tells no time of arrival: a day's end, or for T1 a full hour."""
    urgent = pick_more_urgent(priority, Priority.T2)
    due = clocks.case_due_at(urgent, now, week)
    return MailboxClock(urgent, clocks.end_of_hour_slot(due) if urgent == Priority.T1 else due)


def clock_after(action: str, clock: MailboxClock, *, asked: MailboxClock = STOPPED) -> MailboxClock:
    """The clock after an action: the one rule for all, so that a child's message that no lead answered has a due time.

    `asked`: the clock that the child's message, or the screen, asks for. A running clock only gets shorter. Only a
    lead's message stops it; the screen starts none, since a lead has read what was answered.
    """
    if action in (LEAD_WRITES, CLOSE):
        return STOPPED
    if action == CHILD_WRITES:
        return clock if clock.due else asked  # of two messages the first is due first
    if action == SCREENED and clock.due and asked.due:
        due = min(moment for moment in (clock.due, asked.due) if moment)
        return MailboxClock(pick_more_urgent(asked.priority, clock.priority), due)
    return clock
