"""The moves and the clock of a mailbox, by domain/controls.yaml."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consultation.safeguarding.clocks import STANDARD_WEEK, is_working_time
from consultation.safeguarding.mailbox import policies, states
from consultation.safeguarding.mailbox.models import MailboxState
from tests.consultation.safeguarding.mailbox.conftest import MONDAY
from tests.domain_tables import CONTROLS

TABLE = CONTROLS["mailbox"]


def test_the_table_is_the_one_of_the_domain():
    assert TABLE["states"] == MailboxState.values
    assert {str(state): {act: str(to) for act, to in row.items()} for state, row in states.AFTER.items()} == (
        TABLE["actions"]
    )


EVENTS = (states.CHILD_WRITES, "T1", "T2", "T3", "", states.CLAIM, states.GIVE_BACK, states.LEAD_WRITES, states.CLOSE)


@given(some.lists(some.tuples(some.sampled_from(EVENTS), some.integers(0, 60 * 24 * 5)), max_size=25))
def test_a_childs_message_that_no_lead_answered_has_a_due_time_in_every_history(history):
    clock, waits, now = states.STOPPED, False, MONDAY
    for event, minutes in history:
        now += timedelta(minutes=minutes)
        before = clock
        if event in ("T1", "T2", "T3", ""):
            asked = states.start_clock(event, now, STANDARD_WEEK)
            clock = states.clock_after(states.SCREENED, clock, asked=asked)
        else:
            asked = states.start_clock("T2", now, STANDARD_WEEK) if event == states.CHILD_WRITES else states.STOPPED
            clock = states.clock_after(event, clock, asked=asked)
            waits = event == states.CHILD_WRITES or (waits and event not in (states.LEAD_WRITES, states.CLOSE))
        assert (clock.due is not None) == (clock.priority in ("T1", "T2")) == waits
        if before.due and clock.due:
            assert clock.due <= before.due and clock.priority <= before.priority, "a running clock only gets shorter"


@given(some.sampled_from(["T1", "T2", "T3", ""]), some.integers(0, 60 * 24 * 14))
def test_a_clock_tells_no_time_of_arrival(priority, minutes):
    clock = states.start_clock(priority, MONDAY + timedelta(minutes=minutes), STANDARD_WEEK)
    assert (clock.priority == "T1") == (priority == "T1")
    if clock.priority == "T1":
        assert clock.due.minute == clock.due.second == 0
    else:
        assert not is_working_time(clock.due, STANDARD_WEEK), "the end of a working day"


@pytest.mark.parametrize("action", [states.CLAIM, states.GIVE_BACK, states.LEAD_WRITES, states.CLOSE])
@pytest.mark.parametrize("who", [None, 1, 2])
def test_one_lead_answers_one_child(action, who):
    may = {states.CLAIM: (None, 1), states.GIVE_BACK: (1, 2)}.get(action, (1,))
    assert (policies.may_handle(state="open", action=action, claimed_by=who, by=1) == "") == (who in may)
    assert policies.may_handle(state="closed", action=action, claimed_by=who, by=1) == policies.CLOSED
