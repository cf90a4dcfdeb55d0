from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.calendar import bank_holidays
from consultation.safeguarding import clocks
from consultation.safeguarding.clocks import LONDON, WorkingWeek
from consultation.safeguarding.models import Priority
from tests.domain_tables import CONTROLS

WEEK = clocks.STANDARD_WEEK


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


DUE = [
    # T1: two working hours, always the same working day
    ("T1", "2026-11-24 10:00", "2026-11-24 12:00"),
    ("T1", "2026-11-24 16:30", "2026-11-24 17:00"),
    ("T1", "2026-11-24 17:00", "2026-11-25 10:30"),
    ("T1", "2026-11-24 03:00", "2026-11-24 10:30"),
    ("T1", "2026-11-27 15:00", "2026-11-27 16:30"),
    ("T1", "2026-11-27 16:30", "2026-11-30 10:30"),
    ("T1", "2026-12-24 18:00", "2026-12-29 10:30"),
    # T2: the same working day if it came by 15:00
    ("T2", "2026-11-24 09:00", "2026-11-24 17:00"),
    ("T2", "2026-11-24 15:00", "2026-11-24 17:00"),
    ("T2", "2026-11-24 15:01", "2026-11-25 17:00"),
    ("T2", "2026-11-26 16:00", "2026-11-27 16:30"),
    ("T2", "2026-11-28 12:00", "2026-11-30 17:00"),
    # T3: two working days
    ("T3", "2026-11-24 11:00", "2026-11-26 11:00"),
    ("T3", "2026-11-25 16:45", "2026-11-27 16:30"),
    ("T3", "2026-11-27 12:00", "2026-12-01 12:00"),
    ("T3", "2026-11-28 12:00", "2026-12-02 08:30"),
    ("T3", "2026-04-01 12:00", "2026-04-07 12:00"),
]


def test_pages_say_the_times_of_the_agreed_table():
    agreed, said = CONTROLS["triage"]["sla"], [one.replace("two", "2") for one in (clocks.T1_WORDS, clocks.T3_WORDS)]
    assert agreed["T1"] == f"{said[0]} and always same working day"
    assert agreed["T2"] == f"same working day if received by {clocks.T2_CUT_OFF:%H:%M}"
    assert agreed["T3"] == said[1] == f"{clocks.T3_DAYS} working days"
    assert list(clocks.RULES) == list(clocks.LEAD_CHOICES) == list(clocks.READER_CHOICES) == Priority.values


@pytest.mark.parametrize(("priority", "start", "due"), DUE)
def test_due_at(priority, start, due):
    assert clocks.case_due_at(priority, at(start), WEEK) == at(due)


AT_THE_EDGES = [
    # Friday evening, and a weekend that two bank holidays make four days long.
    ("T1", "2026-11-27 16:29", "2026-11-27 16:30"),
    ("T1", "2026-11-27 22:00", "2026-11-30 10:30"),
    ("T2", "2026-11-27 15:01", "2026-11-30 17:00"),
    ("T1", "2026-04-02 17:00", "2026-04-07 10:30"),
    ("T2", "2026-04-02 15:30", "2026-04-07 17:00"),
    ("T3", "2026-12-23 10:00", "2026-12-29 10:00"),
    # Substitute days: Christmas Day 2027 is a Saturday, New Year's Day 2028 too.
    ("T1", "2027-12-24 16:30", "2027-12-29 10:30"),
    ("T1", "2027-12-31 16:30", "2028-01-04 10:30"),
    # The nights in which the clocks change lie between working hours.
    ("T3", "2026-03-27 15:00", "2026-03-31 15:00"),
    ("T1", "2026-03-29 01:30", "2026-03-30 10:30"),
    ("T1", "2026-10-25 01:30", "2026-10-26 10:30"),
    ("T2", "2026-10-23 15:30", "2026-10-26 17:00"),
    # On the minute: opening, 15:00, closing.
    ("T1", "2026-11-24 08:30", "2026-11-24 10:30"),
    ("T2", "2026-11-24 08:30", "2026-11-24 17:00"),
    ("T2", "2026-11-27 15:00", "2026-11-27 16:30"),
    ("T3", "2026-11-24 17:00", "2026-11-27 08:30"),
]


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-11-24 08:29", False),
        ("2026-11-24 08:30", True),
        ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False),
        ("2026-11-28 12:00", False),
        ("2026-12-25 12:00", False),
    ],
)
def test_working_time_begins_at_opening_and_ends_at_closing(moment, works):
    assert clocks.is_working_time(at(moment), WEEK) is works


@pytest.mark.parametrize(("priority", "start", "due"), AT_THE_EDGES)
def test_due_at_the_edges(priority, start, due):
    assert clocks.case_due_at(priority, at(start), WEEK) == at(due)


@pytest.mark.parametrize(
    ("start", "due", "times"),
    [
        # T1 at ten: the backup at 11 and 12, the head of service at 13.
        ("2026-11-24 10:00", "2026-11-24 12:00", ("2026-11-24 11:00", "2026-11-24 12:00", "2026-11-24 13:00")),
        # What was due at the end of Friday is half as late again on Monday.
        ("2026-11-27 14:30", "2026-11-27 16:30", ("2026-11-27 15:30", "2026-11-27 16:30", "2026-11-30 09:30")),
        # Across the change of the clocks, working hours are as long as ever.
        ("2026-10-23 14:30", "2026-10-26 10:30", ("2026-10-23 16:30", "2026-10-26 10:30", "2026-10-26 12:30")),
        ("2026-04-02 15:00", "2026-04-07 10:30", ("2026-04-02 17:00", "2026-04-07 10:30", "2026-04-07 12:30")),
    ],
)
def test_when_whom_to_tell(start, due, times):
    assert [clocks.moment_at_percent(percent, at(start), at(due), WEEK) for percent in (50, 100, 150)] == [
        at(time) for time in times
    ]


def test_a_week_that_nobody_works_in_is_an_error_and_no_endless_wait():
    with pytest.raises(ValueError, match="nobody works"):
        clocks.case_due_at("T1", at("2026-11-24 10:00"), WorkingWeek(hours=(None,) * 7))


def test_an_unknown_priority_is_an_error():
    with pytest.raises(ValueError, match="T9"):
        clocks.case_due_at("T9", at("2026-11-24 10:00"), WEEK)


def test_first_read_within_one_working_day():
    assert clocks.first_read_due(at("2026-11-24 11:20"), WEEK) == at("2026-11-25 11:20")
    assert clocks.first_read_due(at("2026-11-27 11:20"), WEEK) == at("2026-11-30 11:20")


def test_summer_time_keeps_the_hour_on_the_wall():
    due = clocks.case_due_at("T3", at("2026-10-23 12:00"), WEEK)  # the clocks go back on 25 October
    assert due == at("2026-10-27 12:00")
    assert due.utcoffset() == timedelta(0)


def test_due_times_are_the_same_for_a_moment_in_another_zone():
    from datetime import UTC

    moment = at("2026-07-01 10:00")
    assert clocks.case_due_at("T1", moment.astimezone(UTC), WEEK) == clocks.case_due_at("T1", moment, WEEK)


def test_other_hours_and_days_off():
    week = WorkingWeek(hours=((time(9), time(12)),) * 5 + (None, None), closed=frozenset({date(2026, 11, 25)}))
    assert clocks.case_due_at("T1", at("2026-11-24 11:00"), week) == at("2026-11-24 12:00")
    assert clocks.first_read_due(at("2026-11-24 11:00"), week) == at("2026-11-26 11:00")


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-24 09:00", "2026-11-24 11:30", 2.5),
        ("2026-11-24 16:00", "2026-11-25 09:30", 2),
        ("2026-11-27 16:00", "2026-11-30 08:30", 0.5),
        ("2026-11-28 09:00", "2026-11-29 11:30", 0),
        ("2026-11-24 11:30", "2026-11-24 09:00", -2.5),
    ],
)
def test_working_time(start, end, hours):
    assert clocks.working_time_between(at(start), at(end), WEEK) == timedelta(hours=hours)


def test_hour_slots():
    assert clocks.end_of_hour_slot(at("2026-11-24 10:00")) == at("2026-11-24 10:00")
    assert clocks.end_of_hour_slot(at("2026-11-24 10:00") + timedelta(seconds=1)) == at("2026-11-24 11:00")


def test_share_used():
    start, due = at("2026-11-24 10:00"), at("2026-11-24 12:00")
    assert clocks.share_of_time_used(start, due, at("2026-11-24 11:00"), WEEK) == 0.5
    assert clocks.share_of_time_used(start, due, at("2026-11-24 13:00"), WEEK) == 1.5


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda naive: naive.replace(tzinfo=LONDON))


@given(MOMENTS)
def test_due_times_lie_in_working_time_and_in_order_of_urgency(moment):
    t1, t2, t3 = (clocks.case_due_at(priority, moment, WEEK) for priority in ("T1", "T2", "T3"))
    assert moment < t1 <= t2
    assert t1 <= t3
    for due in (t1, t2, t3):
        opens, closes = clocks.STANDARD_WEEK.day(due.date())
        assert opens <= due <= closes


@given(MOMENTS)
def test_t1_never_waits_longer_than_two_working_hours(moment):
    worked = clocks.working_time_between(moment, clocks.case_due_at("T1", moment, WEEK), WEEK)
    assert timedelta(0) < worked <= timedelta(hours=2)


@given(MOMENTS, st.integers(1, 40 * 60))
def test_so_much_working_time_after_is_so_much_working_time(moment, minutes):
    time_ = timedelta(minutes=minutes)
    assert clocks.working_time_between(moment, clocks.add_working_time(moment, time_, WEEK), WEEK) == time_


@given(MOMENTS, st.sampled_from(["T1", "T2", "T3"]), st.sampled_from([50, 100, 150]))
def test_at_its_moment_a_level_is_reached_and_a_minute_before_it_is_not(moment, priority, percent):
    due = clocks.case_due_at(priority, moment, WEEK)
    when = clocks.moment_at_percent(percent, moment, due, WEEK)
    # A millisecond's grace: a share is a ratio of two times.
    assert clocks.share_of_time_used(moment, due, when + timedelta(milliseconds=1), WEEK) * 100 >= percent
    assert clocks.share_of_time_used(moment, due, when - timedelta(minutes=1), WEEK) * 100 < percent


@given(MOMENTS)
def test_t2_is_due_the_same_working_day_exactly_when_it_came_by_three(moment):
    begin = clocks.next_working_moment(moment, WEEK)
    same_day = clocks.case_due_at("T2", moment, WEEK).date() == begin.date()
    assert same_day is (begin.time() <= time(15, 0))


@given(MOMENTS)
def test_no_clock_ends_on_a_bank_holiday_or_at_a_weekend(moment):
    for priority in ("T1", "T2", "T3"):
        due = clocks.case_due_at(priority, moment, WEEK)
        assert due.weekday() < 5 and due.date() not in bank_holidays(due.year)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        ("2026-11-24 10:00", "2026-11-25 17:00"),
        ("2026-11-26 18:30", "2026-11-27 16:30"),
        ("2026-11-28 12:00", "2026-11-30 17:00"),  # a Saturday
        ("2026-12-24 09:00", "2026-12-29 17:00"),  # before the holidays
    ],
)
def test_the_next_working_day_ends_at_its_own_closing_time(moment, ends):
    assert clocks.end_of_next_working_day(at(moment), WEEK) == at(ends)
