"""How long an answer waited for its first read, in the steps that may be known. Pure.

Of an answer's arrival its day is stored, and of a flag the hour by which it is due. So a T1 is counted in working hours
from the earliest moment at which its slot lets it have come, all others in working days after their day: 0 is the
same day. A wait is never told shorter than it was.
"""

from datetime import date, datetime, timedelta
from math import ceil

from consultation.safeguarding.clocks import LONDON, T1_TIME, WorkingWeek, working_time_between

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_STEPS = 1000


def count_steps(*, priority: str, day: date, due: datetime | None, read_at: datetime, week: WorkingWeek) -> int:
    """Hours for a T1 with its slot, else working days."""
    if priority == "T1" and due is not None:
        return _count_hours(due, read_at, week)
    read_on = min(read_at.astimezone(LONDON).date(), day + MOST_STEPS * DAY)
    return sum(week.day(day + number * DAY) is not None for number in range(1, (read_on - day).days + 1))


def _count_hours(due: datetime, read_at: datetime, week: WorkingWeek) -> int:
    """Begun working hours since the earliest arrival that fits the slot: its one hour before the two of a T1."""
    came = due - T1_TIME - HOUR
    hours = working_time_between(came, read_at, week) / HOUR if read_at > came else 0
    return min(max(1, ceil(hours)), MOST_STEPS)


def was_late(*, due: datetime | None, day: date, read_at: datetime, week: WorkingWeek) -> bool:
    """Whether a read missed the promised time: the slot of a flag, else the end of the first working day after."""
    return read_at > (due or end_of_next_working_day(day, week))


def end_of_next_working_day(day: date, week: WorkingWeek) -> datetime:
    after = datetime.combine(day + DAY, datetime.min.time(), LONDON)
    return next(week.days(after))[1]
