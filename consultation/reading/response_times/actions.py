"""Counting first reads. No audit entry, which would keep the time beside the answer: the decision has its own."""

from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import F

from consultation.domain.calendar_quarters import Quarter
from consultation.reading.models import PracticeAnswer, Screening
from consultation.reading.response_times.models import FirstReadTally
from consultation.responses.models import Answer, Channel
from consultation.safeguarding.clocks import LONDON, T1_TIME, WorkingWeek, working_time_between
from consultation.safeguarding.duty_rota.working_week import get_working_week

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_STEPS = 1000


def count_first_read(*, answer: Answer, screening: Screening | None, now: datetime) -> None:
    """Count the answer once, at its first decision and before this ends its clock. Called inside the transaction.

    Not counted: seeded answers, floods, and imports, whose day may be that of a file made long ago.
    """
    response = answer.response
    if response.excluded_from_figures or response.channel == Channel.IMPORT or screening is None:
        return
    if PracticeAnswer.objects.filter(answer=answer).exists():
        return
    if not Screening.objects.filter(pk=screening.pk, read_counted=False).update(read_counted=True):
        return
    priority, due, week = screening.priority if screening.flagged else "", screening.due, get_working_week()
    row, _ = FirstReadTally.objects.get_or_create(
        quarter=Quarter.of(response.day).first,
        priority=priority,
        steps=count_steps(priority=priority, day=response.day, due=due, read_at=now, week=week),
        late=was_late(due=due, day=response.day, read_at=now, week=week),
    )
    FirstReadTally.objects.filter(pk=row.pk).update(answers=F("answers") + 1)


def count_steps(*, priority: str, day: date, due: datetime | None, read_at: datetime, week: WorkingWeek) -> int:
    """Hours for a T1 with its slot, else working days: 0 is the same day. A wait is never told shorter than it was.

    Of an answer's arrival its day is stored, and of a flag the hour by which it is due: no more may be known.
    """
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
