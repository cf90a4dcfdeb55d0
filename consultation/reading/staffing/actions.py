"""Naming readers for a period and the languages that they read, and warning the leads when answers are read late."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_at_day_end, record_event
from consultation.notifications.notify import notify, notify_all
from consultation.reading.staffing import late_reading, reader_coverage
from consultation.reading.staffing.models import LateWarning, NamedReader, ReaderLanguages
from consultation.reading.staffing.reader_languages import LANGUAGES
from consultation.safeguarding.alerts import AFTER_CLOSING
from consultation.safeguarding.duty_rota import lead_rota
from consultation.surveys.models import ConsultationPage


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
    if set(people) - set(reader_coverage.list_trained_readers().values_list("pk", flat=True)):
        raise NotAllowed("Choose from the readers: they are trained for it, and the desk opens for them.")
    source = page.source if page is not None else None
    made = [
        NamedReader.objects.create(page=source, reader=person, first_day=first_day, last_day=last_day)
        for person in people.values()
    ]
    record_event("readers named", by=by, obj=source, readers=sorted(people), since=str(first_day), until=str(last_day))
    return made


@transaction.atomic
def remove_named_reader(*, named: NamedReader, by: Any) -> None:
    """Remove a named reader; the days that this leaves uncovered show as gaps at once."""
    record_event("reader taken out", by=by, obj=named.page, reader=named.reader_id, until=str(named.last_day))
    named.delete()


@transaction.atomic
def set_reader_languages(*, reader: Any, languages: Iterable[str], by: Any) -> None:
    """Record the languages that a reader reads beside English: they decide on answers in these alone."""
    chosen = sorted(set(languages))
    if set(chosen) - set(LANGUAGES):
        raise NotAllowed("Choose from the list of languages.")
    ReaderLanguages.objects.update_or_create(reader=reader, defaults={"languages": chosen})
    record_event("languages of a reader set", by=by, obj=reader, languages=chosen)


def warn_of_late_reading(now: datetime | None = None) -> int:
    """Sweep: tell the lead on duty of late reading, once a day for each consultation. Returns how many consultations.

    The message says "item waiting". Only the day is stored: the time of an overrun would tell the hour of writing.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    warned = set(LateWarning.objects.filter(warned_on=today).values_list("page_id", flat=True))
    found = [each for each in late_reading.list_late_consultations(now) if each.page.pk not in warned]
    if not found or not _tell_leads(now):
        return 0
    for each in found:
        _record_warning(each.page, today)
    return len(found)


@transaction.atomic
def _record_warning(page: ConsultationPage, today: date) -> None:
    LateWarning.objects.update_or_create(page=page, defaults={"warned_on": today})
    record_at_day_end("reading is late", obj=page)


def _tell_leads(now: datetime) -> bool:
    """Tell the lead on duty and the backup; all leads who are here if neither is; the head of service if no mail
    left."""
    head, people = settings.HEAD_OF_SERVICE_EMAIL, lead_rota.list_on_duty(now - AFTER_CLOSING)
    reached = notify_all([person.email for person in people], now, retried=True)
    return bool(reached) or bool(head and notify(head, now, retried=True))
