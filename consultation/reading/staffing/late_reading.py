"""Consultations with late reading (D5): flagged answers by their own clock, all others by one working day.

Only the day of an unflagged answer is known, so it is late when the first working day after that day has ended.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from consultation.responses.models import Answer
from consultation.safeguarding.clocks import LONDON, MAX_IDLE_DAYS
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.surveys.models import ConsultationPage


@dataclass(frozen=True)
class LateConsultation:
    page: ConsultationPage
    answers: int
    since: date  # the day on which the oldest of them came


def list_late_consultations(now: datetime | None = None) -> list[LateConsultation]:
    """Consultations with answers not read in time, the oldest first. Seeded answers do not count."""
    now = now or timezone.now()
    waiting = Answer.objects.undecided().filter(response__withdrawn=False, practice__isnull=True)
    over = waiting.filter(Q(due__lt=now) | Q(due=None, response__day__lt=find_last_finished_working_day(now)))
    rows = over.values("response__version__page").annotate(answers=Count("pk"), since=Min("response__day"))
    found = {row["response__version__page"]: row for row in rows}
    pages = ConsultationPage.objects.defer("body").in_bulk(found)
    made = [LateConsultation(pages[pk], row["answers"], row["since"]) for pk, row in found.items()]
    return sorted(made, key=lambda each: (each.since, each.page.title))


def find_last_finished_working_day(now: datetime) -> date:
    """The last working day that is over."""
    working, day = get_working_week(), now.astimezone(LONDON).date()
    for _ in range(MAX_IDLE_DAYS):
        hours = working.day(day)
        if hours is not None and hours[1] <= now:
            return day
        day -= timedelta(days=1)
    raise ValueError("nobody worked in the year before this")
