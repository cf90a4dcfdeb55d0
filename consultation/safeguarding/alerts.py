"""Telling people that something waits (D6): whoever is on when it comes, the backup at half and at all of its time, the
head of service at one and a half. A message says "item waiting" and nothing else: anyone may look at a telephone.

Each level is told once. It counts as told only when a message left, so a mail server that is down delays an alert and
never swallows it. When a person asked to be contacted, or took words back, is not told: a message has a time.
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
# Where others were reached and the head of service was not: the level that they count as told, so that the next sweep
# writes to the head alone. A mailbox that is full must not bring the others a message a minute.
BUT_FOR_THE_HEAD = {HEAD_OF_SERVICE: ALL_OF_ITS_TIME, EVERYONE: ARRIVED}
AFTER_CLOSING = timedelta(hours=1)
MESSAGE = "item waiting"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """Something with a clock, and whom it must not be told to."""

    obj: Any
    start: datetime
    due: datetime
    taken_by: int | None
    hidden_from: str = ""  # the key of an agency
    at_once: int = 0  # the level that it has when it comes
    to_all: bool = False  # when it comes, everyone who may know hears of it

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
    """When a request came is not kept: its clock is taken to start with the working day that it is due in."""
    hours = week().day(contact.due.astimezone(clocks.LONDON).date())
    start = hours[0] if hours and hours[0] < contact.due else _a_working_day_before(contact.due)
    return Waiting(contact, start, contact.due, contact.claimed_by_id)


def of_withdrawn(text: WithdrawnText) -> Waiting:
    """Nor is when words were taken back: they are due one working day later, by the hour."""
    return Waiting(text, _a_working_day_before(text.due), text.due, text.read_by_id, text.agency_key)


def of_emergency(access: EmergencyAccess) -> Waiting:
    """All others hear of it at once, by day or night; its review has a clock like all else."""
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
    """Sweep: tell whoever has to know and was not told yet. Returns how many items that was about."""
    return _tell(all_waiting(), now or timezone.now())


def tell_at_once(access: EmergencyAccess, now: datetime) -> None:
    """Not only when the sweep comes round. Whoever opened it waits for this page: a mail server that is down is tried once,
    and the sweep does the rest. Where it takes mail, one address that it refuses keeps nobody else from hearing."""
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
    """The level that counts as told, 0 for none: the head of service where they had to be, else anyone. Who was reached
    is not written to again for others."""
    head = settings.HEAD_OF_SERVICE_EMAIL
    if head not in wanted or head in reached:
        return level if wanted & reached else 0
    return BUT_FOR_THE_HEAD.get(level, ARRIVED) if wanted & reached else 0


def tell(address: str) -> bool:
    try:
        return bool(send_mail(MESSAGE, MESSAGE, None, [address]))
    except OSError as error:  # smtplib's errors are OSErrors: the next sweep tries again
        logger.error("an alert was not sent: %s", type(error).__name__)
        return False


@transaction.atomic
def _mark(obj: Any, reached: int) -> int:
    marked: int = type(obj).objects.filter(pk=obj.pk, alerted__lt=reached).update(alerted=reached)
    if marked:
        record("triage alerted", obj=obj, percent=0 if reached <= EVERYONE else reached)
    return marked


def _recipients(waiting: Waiting, reached: int, now: datetime) -> set[str]:
    """Whoever is on when it comes, then the backup, and the head of service at the end, with the backup where a sweep
    came too late to tell them before. Never anyone it is hidden from, nor whoever has it."""
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
    """What comes is for whoever is on or next on; what is due at the day's end is still that day's."""
    if reached <= EVERYONE:
        duty = rota.on_duty(now)
        return duty.lead, duty.backup
    duty = rota.on_duty(now - AFTER_CLOSING)
    return duty.backup, duty.lead


def _who_may_know(waiting: Waiting) -> list[Any]:
    """Leads for whom the item exists: as HiddenFromAgency.seen_by."""
    hidden = waiting.hidden_from
    return [lead for lead in rota.leads() if not hidden or agency_key(lead.agency) not in ("", hidden)]


def _first_of(order: Iterable[Any], people: list[Any], taken_by: int | None) -> list[Any]:
    """The first who may know and does not have it; all others where the rota has nobody left."""
    for person in order:
        if person in people and person.pk != taken_by:
            return [person]
    return [person for person in people if person.pk != taken_by] or people
