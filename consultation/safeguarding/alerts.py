"""Alerts about waiting items (D6): to the lead on duty on arrival, to the backup at 50% and 100% of the time, to the head
of service at 150%. A message only says "item waiting", because anyone may see a telephone.

Each level is sent once, and counts as sent only when a message left: a mail server that is down delays an alert but
never drops it. Contact requests and withdrawn texts send no alert on arrival: its time would tell when they came.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.safeguarding import clocks, states
from consultation.safeguarding.duty import rota
from consultation.safeguarding.duty.hours import week
from consultation.safeguarding.emergency.models import EmergencyAccess
from consultation.safeguarding.models import ContactRequest, ContactState, TriageCase, WithdrawnText, agency_key

LEVELS = (150, 100, 50)
HEAD_OF_SERVICE, ALL_OF_ITS_TIME, EVERYONE, ARRIVED = 150, 100, 2, 1
# The level recorded when others were reached but the head of service was not: the next sweep mails only the head, so a
# full mailbox does not send the others a message every minute.
BUT_FOR_THE_HEAD = {HEAD_OF_SERVICE: ALL_OF_ITS_TIME, EVERYONE: ARRIVED}
AFTER_CLOSING = timedelta(hours=1)
MESSAGE = "item waiting"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """An item with a clock, and the agency that must not hear of it."""

    obj: Any
    start: datetime
    due: datetime
    taken_by: int | None
    hidden_from: str = ""  # the key of an agency
    at_once: int = 0  # alert level on arrival
    to_all: bool = False  # on arrival, alert everyone who may know

    def level(self, now: datetime) -> int:
        return level(clocks.share_used(self.start, self.due, now, week())) or self.at_once

    def told_at(self, percent: int) -> datetime:
        return clocks.moment_of(percent, self.start, self.due, week())


def level(share: float) -> int:
    """The highest level that a share of the time has reached."""
    return next((each for each in LEVELS if share * 100 >= each), 0)


def of_case(case: TriageCase) -> Waiting:
    return Waiting(case, case.opened_at, case.due_at, case.claimed_by_id, case.agency_key, ARRIVED)


def of_contact(contact: ContactRequest) -> Waiting:
    """Arrival is not stored: the clock starts with the working day on which the request is due."""
    hours = week().day(contact.due.astimezone(clocks.LONDON).date())
    start = hours[0] if hours and hours[0] < contact.due else _a_working_day_before(contact.due)
    return Waiting(contact, start, contact.due, contact.claimed_by_id)


def of_withdrawn(text: WithdrawnText) -> Waiting:
    """The time of withdrawal is not stored: the clock starts one working day before the due hour."""
    return Waiting(text, _a_working_day_before(text.due), text.due, text.read_by_id, text.agency_key)


def of_emergency(access: EmergencyAccess) -> Waiting:
    """All other leads are alerted at once, by day or night; its review has a clock."""
    return Waiting(access, access.opened_at, access.due_at, access.opened_by_id, "", EVERYONE, to_all=True)


def _a_working_day_before(due: datetime) -> datetime:
    local, working = due.astimezone(clocks.LONDON), week()
    for number in range(1, clocks.LONGEST_BREAK):
        hours = working.day(local.date() - timedelta(days=number))
        if hours is not None:
            same_time = datetime.combine(hours[0].date(), local.time(), clocks.LONDON)
            return min(max(same_time, hours[0]), hours[1])
    raise ValueError("nobody worked in the year before this")


def all_waiting() -> Iterator[Waiting]:
    yield from map(of_case, TriageCase.objects.filter(state__in=states.ON_THE_CLOCK))
    yield from map(of_contact, ContactRequest.objects.filter(state__in=[ContactState.NEW, ContactState.CLAIMED]))
    yield from map(of_withdrawn, WithdrawnText.objects.filter(case__isnull=True))
    yield from map(of_emergency, EmergencyAccess.objects.not_reviewed())


def alert_waiting(now: datetime | None = None) -> int:
    """Sweep: send the alerts that are due. Returns the number of items."""
    return _tell(all_waiting(), now or timezone.now())


def tell_at_once(access: EmergencyAccess, now: datetime) -> None:
    """Alert in the request, without waiting for the sweep. If the first message fails, the rest is left to the sweep,
    because a person waits for the page; a later refused address does not stop the others."""
    _tell(map(of_emergency, EmergencyAccess.objects.not_reviewed().filter(pk=access.pk)), now, patient=False)


def _tell(waiting: Iterable[Waiting], now: datetime, patient: bool = True) -> int:
    due = [(each, reached) for each in waiting if (reached := each.level(now)) > each.obj.alerted]
    wanted = {each.obj.pk: _recipients(each, reached, now) for each, reached in due}
    reached_people = _reached(set().union(*wanted.values()), patient)
    told = [(each.obj, _told(reached, wanted[each.obj.pk], reached_people)) for each, reached in due]
    return sum(_mark(obj, percent) for obj, percent in told if percent)


def _reached(addresses: Iterable[str], patient: bool) -> set[str]:
    reached = set()
    for address in addresses:
        if tell(address):
            reached.add(address)
        elif not patient and not reached:
            break
    return reached


def _told(level: int, wanted: set[str], reached: set[str]) -> int:
    """The level to record, 0 for none: it takes the head of service if wanted, else any recipient."""
    head = settings.HEAD_OF_SERVICE_EMAIL
    if head not in wanted or head in reached:
        return level if wanted & reached else 0
    return BUT_FOR_THE_HEAD.get(level, ARRIVED) if wanted & reached else 0


def tell(address: str) -> bool:
    try:
        return bool(send_mail(MESSAGE, MESSAGE, None, [address]))
    except OSError as error:  # includes smtplib's errors: the next sweep tries again
        logger.error("an alert was not sent: %s", type(error).__name__)
        return False


@transaction.atomic
def _mark(obj: Any, reached: int) -> int:
    marked: int = type(obj).objects.filter(pk=obj.pk, alerted__lt=reached).update(alerted=reached)
    if marked:
        record("triage alerted", obj=obj, percent=0 if reached <= EVERYONE else reached)
    return marked


def _recipients(waiting: Waiting, reached: int, now: datetime) -> set[str]:
    """Addresses for a level: the lead on duty on arrival, then the backup, in the end the head of service (with the
    backup if an earlier sweep was missed). Never someone it is hidden from, nor the person who claimed it."""
    people, order, head = _who_may_know(waiting), _in_turn(reached, now), settings.HEAD_OF_SERVICE_EMAIL
    everyone = waiting.to_all and waiting.obj.alerted < ARRIVED
    told = {person.email for person in _first_of(() if everyone else order, people, waiting.taken_by)}
    if head and waiting.obj.alerted == BUT_FOR_THE_HEAD.get(reached):
        told = {head}
    elif head and (everyone or reached == HEAD_OF_SERVICE or not told):
        told.add(head)
    if not told:
        logger.error("nobody can be told of a waiting item: no lead may see it, and there is no head of service")
    return told


def _in_turn(reached: int, now: datetime) -> tuple[Any, Any]:
    """(first, second) to alert. After closing time, an item due that day is still that day's duty's."""
    if reached <= EVERYONE:
        duty = rota.on_duty(now)
        return duty.lead, duty.backup
    duty = rota.on_duty(now - AFTER_CLOSING)
    return duty.backup, duty.lead


def _who_may_know(waiting: Waiting) -> list[Any]:
    """Leads who may see the item: the same rule as HiddenFromAgency.seen_by."""
    hidden = waiting.hidden_from
    return [lead for lead in rota.leads() if not hidden or agency_key(lead.agency) not in ("", hidden)]


def _first_of(order: Iterable[Any], people: list[Any], taken_by: int | None) -> list[Any]:
    """The first permitted person who has not claimed it; if there is none, all other permitted people."""
    for person in order:
        if person in people and person.pk != taken_by:
            return [person]
    return [person for person in people if person.pk != taken_by] or people
