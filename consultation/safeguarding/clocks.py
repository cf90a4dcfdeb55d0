"""Deadlines in working time (D6). Pure: no database, settings or current time.

The standard week is Monday to Thursday 8:30-17:00 and Friday 8:30-16:30, Europe/London, without English bank holidays.
Every clock takes the area's own week (`duty_rota.working_week.get_working_week()`). No week is the default: a call that
forgot it would run by the standard week.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consultation.domain.calendar import bank_holidays

LONDON = ZoneInfo("Europe/London")
# The deadlines of cases, and all that pages say of them.
T1_TIME, T1_WORDS = timedelta(hours=2), "two working hours"
T2_CUT_OFF = time(15, 0)
T3_DAYS, T3_WORDS = 2, "two working days"
RULES = {
    "T1": f"{T1_WORDS.capitalize()}, and always the same working day.",
    "T2": f"The same working day if it came by {T2_CUT_OFF:%H:%M}, else the next one.",
    "T3": f"{T3_WORDS.capitalize()}.",
}
LEAD_CHOICES = {
    "T1": f"T1: today, within {T1_WORDS}",
    "T2": f"T2: today if it came by {T2_CUT_OFF:%H:%M}",
    "T3": f"T3: within {T3_WORDS}",
}
READER_CHOICES = {"T1": f"T1: within {T1_WORDS}", "T2": "T2: today", "T3": f"T3: within {T3_WORDS}"}

MAX_IDLE_DAYS = 366  # days in a row without work


def write_slot(due: datetime | None) -> str:
    """A due slot as it is sealed; empty for none."""
    return due.astimezone(UTC).isoformat() if due else ""


def read_slot(slot: str | None) -> datetime | None:
    """The due slot that was sealed; None without one."""
    return datetime.fromisoformat(slot) if slot else None


@dataclass(frozen=True)
class WorkingWeek:
    """Opening and closing time by weekday, Monday first; `closed`: extra days off."""

    hours: tuple[tuple[time, time] | None, ...] = (
        (time(8, 30), time(17, 0)),
        (time(8, 30), time(17, 0)),
        (time(8, 30), time(17, 0)),
        (time(8, 30), time(17, 0)),
        (time(8, 30), time(16, 30)),
        None,
        None,
    )
    closed: frozenset[date] = field(default_factory=frozenset)

    def day(self, day: date) -> tuple[datetime, datetime] | None:
        """(opens, closes) of a working day; None for a day off."""
        hours = self.hours[day.weekday()]
        if hours is None or day in bank_holidays(day.year) or day in self.closed:
            return None
        return datetime.combine(day, hours[0], LONDON), datetime.combine(day, hours[1], LONDON)

    def days(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """(opens, closes) of the working days from the day of `start` on. Raises ValueError after a year without work,
        so that no clock stands still unnoticed."""
        day = start.astimezone(LONDON).date()
        idle = 0
        while idle < MAX_IDLE_DAYS:
            hours = self.day(day)
            if hours is not None:
                yield hours
            idle = 0 if hours is not None else idle + 1
            day += timedelta(days=1)
        raise ValueError("nobody works in the year after this")


STANDARD_WEEK = WorkingWeek()


def is_working_time(moment: datetime, week: WorkingWeek) -> bool:
    hours = week.day(moment.astimezone(LONDON).date())
    return hours is not None and hours[0] <= moment < hours[1]


def next_working_moment(moment: datetime, week: WorkingWeek) -> datetime:
    """The moment itself in working hours, else the next start of work."""
    for opens, closes in week.days(moment):
        if moment < closes:
            return max(opens, moment.astimezone(LONDON))
    raise AssertionError("days() does not end")


def working_time_between(start: datetime, end: datetime, week: WorkingWeek) -> timedelta:
    """Working time between two moments; negative when `end` is before `start`."""
    if end < start:
        return -working_time_between(end, start, week)
    total = timedelta()
    for opens, closes in week.days(start):
        if opens >= end:
            return total
        total += max(min(closes, end) - max(opens, start), timedelta())
    raise AssertionError("days() does not end")


def add_working_time(start: datetime, time: timedelta, week: WorkingWeek) -> datetime:
    """The moment when so much working time has passed: a closing time rather than the next opening."""
    left = time
    for opens, closes in week.days(start):
        begin = max(opens, start.astimezone(LONDON))
        here = closes - begin
        if here >= left and here > timedelta():
            return begin + left
        left -= max(here, timedelta())
    raise AssertionError("days() does not end")


def moment_at_percent(percent: int, start: datetime, due: datetime, week: WorkingWeek) -> datetime:
    """The moment when `percent` of the working time from start to due is used; `due` when there is none."""
    whole = working_time_between(start, due, week)
    return add_working_time(start, whole * percent / 100, week) if whole > timedelta() else due


def _same_time_after(start: datetime, working_days: int, week: WorkingWeek) -> datetime:
    """The same time of day `working_days` later, closing time at the latest."""
    begin = next_working_moment(start, week)
    for count, (opens, closes) in enumerate(week.days(begin)):
        if count == working_days:
            return min(datetime.combine(opens.date(), begin.time(), LONDON), closes)
    raise AssertionError("days() does not end")


def first_read_due(start: datetime, week: WorkingWeek) -> datetime:
    """Deadline of the first read: one working day (D5)."""
    return _same_time_after(start, 1, week)


def case_due_at(priority: str, start: datetime, week: WorkingWeek, *, non_recent: bool = False) -> datetime:
    """Deadline of a case by RULES. What happened years ago has a rule of its own, which never gives it more time: whoever
    did it may be near other children today."""
    if non_recent:
        closes = next(week.days(next_working_moment(start, week)))[1]
        return min(case_due_at(priority, start, week), closes)
    if priority == "T3":
        return _same_time_after(start, T3_DAYS, week)
    begin = next_working_moment(start, week)
    closes = next(week.days(begin))[1]
    if priority == "T1":
        return min(begin + T1_TIME, closes)
    if priority != "T2":
        raise ValueError(f"no such priority: {priority!r}")
    return closes if begin.time() <= T2_CUT_OFF else end_of_next_working_day(begin, week)


def end_of_next_working_day(moment: datetime, week: WorkingWeek) -> datetime:
    """Closing time of the first working day after the moment's day."""
    today = moment.astimezone(LONDON).date()
    return next(closes for opens, closes in week.days(moment) if opens.date() > today)


def end_of_hour_slot(moment: datetime) -> datetime:
    """The end of the moment's full hour: deadlines of unread answers are stored no finer."""
    floor = moment.astimezone(LONDON).replace(minute=0, second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(hours=1)


def share_of_time_used(start: datetime, due: datetime, now: datetime, week: WorkingWeek) -> float:
    """Share of the working time used: 0.5 and 1.0 alert the backup lead, 1.5 the head of service."""
    whole = working_time_between(start, due, week)
    return working_time_between(start, now, week) / whole if whole > timedelta() else float(now >= due)
