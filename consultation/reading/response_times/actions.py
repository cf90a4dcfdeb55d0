"""Counting first reads. No audit entry, which would keep the time beside the answer: the decision has its own."""

from datetime import datetime

from django.db.models import F

from consultation.domain.calendar_quarters import Quarter
from consultation.reading.models import PracticeAnswer, Screening
from consultation.reading.response_times.first_read_steps import count_steps, was_late
from consultation.reading.response_times.models import FirstReadTally
from consultation.responses.models import Answer, Channel
from consultation.safeguarding.duty_rota.working_week import get_working_week


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
