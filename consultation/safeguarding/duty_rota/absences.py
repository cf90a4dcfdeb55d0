"""Who is on leave, and when. Whoever is away is not on duty and is not told of anything."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from consultation.access import NotAllowed
from consultation.safeguarding.clocks import LONDON, next_working_moment
from consultation.safeguarding.duty_rota.models import Leave
from consultation.safeguarding.duty_rota.working_week import get_working_week


def map_absences(since: date, until: date) -> dict[date, set[int]]:
    """{day: the ids of those who are away}."""
    away: dict[date, set[int]] = defaultdict(set)
    for leave in Leave.objects.touching(since, until):
        first, last = max(since, leave.first_day), min(until, leave.last_day)
        for number in range((last - first).days + 1):
            away[first + timedelta(days=number)].add(leave.person_id)
    return away


def list_unreachable(now: datetime | None = None) -> set[int]:
    """The ids of those who may not be told now: away today, or on the next working day, whose duty they are."""
    now = now or timezone.now()
    days = {now.astimezone(LONDON).date(), next_working_moment(now, get_working_week()).astimezone(LONDON).date()}
    return {key for day in days for key in map_absences(day, day)[day]}


def find_own_leave(person: Any) -> Leave | None:
    today = timezone.localdate()
    return Leave.objects.touching(today, today).filter(person=person).first()


def refuse_while_away(person: Any) -> None:
    """Refuse to take something over on leave: nobody would be told of it."""
    leave = find_own_leave(person)
    if leave is not None:
        raise NotAllowed(f"You are on leave until {leave.last_day:%-d %B}. Say first under “Leave” that you are back.")
