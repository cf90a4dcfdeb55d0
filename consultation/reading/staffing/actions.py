"""Naming readers for a period, and warning the leads when answers are read late."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import note_for_tonight, record
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.staffing import coverage, late
from consultation.reading.staffing.models import LateWarning, NamedReader
from consultation.safeguarding.alerts import AFTER_CLOSING, tell
from consultation.safeguarding.duty import rota


class NotAllowed(Exception):
    """The readers cannot be named; the message is for the officer."""


@transaction.atomic
def name_readers(
    *, page: ConsultationPage | None, readers: Iterable[Any], first_day: date, last_day: date, by: Any
) -> list[NamedReader]:
    """Name readers from `first_day` to `last_day`, for one consultation or, without a page, for all."""
    people = {person.pk: person for person in readers}
    if not people:
        raise NotAllowed("Choose who reads.")
    if last_day < first_day:
        raise NotAllowed("The last day is before the first.")
    if set(people) - set(coverage.readers().values_list("pk", flat=True)):
        raise NotAllowed("Choose from the readers: they are trained for it, and the desk opens for them.")
    source = page.source if page is not None else None
    made = [
        NamedReader.objects.create(page=source, reader=person, first_day=first_day, last_day=last_day)
        for person in people.values()
    ]
    record("readers named", by=by, obj=source, readers=sorted(people), since=str(first_day), until=str(last_day))
    return made


@transaction.atomic
def take_out(*, named: NamedReader, by: Any) -> None:
    """Remove a named reader; the days that this leaves uncovered show as gaps at once."""
    record("reader taken out", by=by, obj=named.page, reader=named.reader_id, until=str(named.last_day))
    named.delete()


def warn_of_late(now: datetime | None = None) -> int:
    """Sweep: tell the lead on duty of late reading, once a day for each consultation. Returns how many consultations.

    The message says "item waiting". Only the day is stored: the time of an overrun would tell the hour of writing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    found = [each for each in late.late(now) if not _warned(each.page, today)]
    if not found or not _told(now):
        return 0
    for each in found:
        _note(each.page, today)
    return len(found)


def _warned(page: ConsultationPage, today: date) -> bool:
    return LateWarning.objects.filter(page=page, warned_on=today).exists()


@transaction.atomic
def _note(page: ConsultationPage, today: date) -> None:
    LateWarning.objects.update_or_create(page=page, defaults={"warned_on": today})
    note_for_tonight("reading is late", obj=page)


def _told(now: datetime) -> bool:
    """Tell the lead on duty and the backup; all leads if the rota is empty; the head of service if no mail left."""
    duty = rota.on_duty(now - AFTER_CLOSING)
    people = [person for person in (duty.lead, duty.backup) if person] or list(rota.leads())
    reached = [person for person in people if tell(person.email)]
    head = settings.HEAD_OF_SERVICE_EMAIL
    return bool(reached) or bool(head and tell(head))
