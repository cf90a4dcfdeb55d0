"""Steps of a first read: never shorter than the wait was, and no finer than what is kept of an arrival."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.reading.policies import flagged_read_due
from consultation.reading.response_times.actions import count_steps, was_late
from consultation.safeguarding.clocks import LONDON, STANDARD_WEEK, working_time_between

FRIDAY = date(2026, 11, 20)
MINUTES = st.integers(0, 10 * 24 * 60).map(lambda number: timedelta(minutes=number))
START = datetime(2026, 11, 18, tzinfo=LONDON)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@given(MINUTES, MINUTES)
def test_a_t1_is_never_told_to_have_waited_less_than_it_did(came, waited):
    arrival, read_at = START + came, START + came + waited
    due = flagged_read_due(flagged=True, priority="T1", now=arrival, week=STANDARD_WEEK)
    steps = count_steps(priority="T1", day=arrival.date(), due=due, read_at=read_at, week=STANDARD_WEEK)
    hours = working_time_between(arrival, read_at, STANDARD_WEEK) / timedelta(hours=1)
    assert steps >= hours


@given(MINUTES, MINUTES, MINUTES)
def test_steps_tell_no_more_of_an_arrival_than_its_slot(came, other, waited):
    """Two answers with the same day and slot, read at the same moment, are counted alike."""
    first, second = START + came, START + other
    slots = [flagged_read_due(flagged=True, priority="T1", now=one, week=STANDARD_WEEK) for one in (first, second)]
    if slots[0] == slots[1] and first.date() == second.date():
        read_at = max(first, second) + waited
        counted = {
            count_steps(priority="T1", day=one.date(), due=slots[0], read_at=read_at, week=STANDARD_WEEK)
            for one in (first, second)
        }
        assert len(counted) == 1


@pytest.mark.parametrize(
    ("read_at", "steps", "late"),
    [
        ("2026-11-20 16:00", 0, False),
        ("2026-11-23 09:00", 1, False),
        ("2026-11-23 17:01", 1, True),
        ("2026-11-24 09:00", 2, True),
    ],
)
def test_others_are_counted_in_working_days_after_their_day(read_at, steps, late):
    asked = {"due": None, "day": FRIDAY, "read_at": at(read_at), "week": STANDARD_WEEK}
    assert (count_steps(priority="", **asked), was_late(**asked)) == (steps, late)


def test_a_flag_is_late_by_its_own_slot():
    due = at("2026-11-20 12:00")
    asked = {"due": due, "day": FRIDAY, "week": STANDARD_WEEK}
    assert not was_late(read_at=due, **asked) and was_late(read_at=due + timedelta(minutes=1), **asked)
