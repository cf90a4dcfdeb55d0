"""Alerts about unread T1 answers: readers and the lead on duty at once; then, by share of the time, as for a case.

A person gets one message while any T1 waits, and one more at most every 15 minutes when another came. What we keep of
it is the slot of the last message to each person and the level of each answer, with no time; both go at the first read.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from consultation.notifications.notify import notify
from consultation.reading.models import Screening, UrgentNotice
from consultation.reading.staffing import reader_coverage
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding.alerts import ARRIVED, TimedItem, tell_head_of_service
from consultation.safeguarding.clocks import LONDON, T1_TIME
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.working_week import get_working_week

SLOT = timedelta(minutes=15)


def unread_t1() -> QuerySet[Screening]:
    """T1 flags that nobody has read yet, without seeded answers."""
    there = Answer.objects.filter(state=AnswerState.UNREAD, response__withdrawn=False, practice__isnull=True)
    return Screening.objects.filter(flagged=True, priority="T1", answer__in=there)


def alert_unread_t1(now: datetime | None = None) -> int:
    """Sweep: tell readers and the lead on duty that a T1 came; the head of service if nobody is here. Returns how many
    people were told."""
    now = now or timezone.now()
    waiting = unread_t1()
    if not waiting.exists():
        UrgentNotice.objects.all().delete()
        return 0
    new = waiting.filter(alerted=0)
    keys = list(new.values_list("pk", flat=True))
    if not keys:
        return 0
    recently = {notice.person_id for notice in UrgentNotice.objects.filter(slot__gt=now - 2 * SLOT)}
    people = list_people_on_duty(keys, now)
    told = sum(_tell(person, now) for person in people if person.pk not in recently)
    told += not people and tell_head_of_service()
    if told:
        Screening.objects.filter(pk__in=keys, alerted=0).update(alerted=ARRIVED)
    return told


def _tell(person: Any, now: datetime) -> bool:
    if not notify(person.email, now, retried=True):
        return False
    slot = now - (now - now.replace(minute=0, second=0, microsecond=0)) % SLOT
    UrgentNotice.objects.update_or_create(person=person, defaults={"slot": slot})
    return True


def list_people_on_duty(answers: list[Any], now: datetime) -> list[Any]:
    """The readers of these answers' consultations (all trained readers where none is named) and the lead on duty, or
    whoever is next outside working hours; the backup for a lead who is not here; without either, all leads. Nobody on
    leave."""
    duty, here = lead_rota.find_current_duty(now), list(lead_rota.list_reachable_leads(now))
    pages = Answer.objects.filter(pk__in=answers).values_list("response__version__page", flat=True).distinct()
    trained = list(reader_coverage.list_reachable_readers(now))
    named = [person for person in reader_coverage.list_readers_on_day(duty.day, set(pages)) if person in trained]
    readers = named or trained
    leads = [person for person in (duty.lead, duty.backup) if person in here][:1] or here
    return list({person.pk: person for person in [*readers, *leads]}.values())


def iter_unread_t1_timings() -> Iterator[TimedItem]:
    """Unread T1 answers as items with a clock. Arrival is not stored: the clock starts two hours before the slot's end,
    at the earliest when that day opens."""
    for screening in unread_t1().filter(answer__due__isnull=False).select_related("answer"):
        due = screening.answer.due
        if due is None:  # never; for the type checker
            continue
        hours = get_working_week().day(due.astimezone(LONDON).date())
        start = max(hours[0], due - T1_TIME) if hours and hours[0] < due else due - T1_TIME
        yield TimedItem(screening, start, due, None, recorded=False)
