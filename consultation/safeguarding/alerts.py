"""Alerts about waiting items (D6): to the lead on duty on arrival, to the backup at 50% and 100% of the time, to the head
of service at 150%. A message only says "item waiting", because anyone may see a telephone.

Each level is sent once, and counts as sent only when a message left: a mail server that is down delays an alert but
never drops it. Contact requests and withdrawn texts send no alert on arrival: its time would tell when they came.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.domain.signal_values import collect_return_values
from consultation.notifications.notify import notify
from consultation.responses.vault import VaultLocked
from consultation.safeguarding import clocks, states
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import ContactRequest, TriageCase, WithdrawnText, is_hidden_from
from consultation.safeguarding.signals import timed_items_asked

LEVELS = (150, 100, 50)
HEAD_OF_SERVICE, FULL_TIME, EVERYONE, ARRIVED = 150, 100, 2, 1
# The level recorded when others were reached but the head of service was not: the next sweep mails only the head, so a
# full inbox does not send the others a message every minute.
LEVEL_WITHOUT_HEAD = {HEAD_OF_SERVICE: FULL_TIME, EVERYONE: ARRIVED}
AFTER_CLOSING = timedelta(hours=1)
AFTER_HIDING = timedelta(days=14)  # far enough that the message on hiding is none of a late item
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TimedItem:
    """An item with a clock, and the agency that must not hear of it."""

    obj: Any
    start: datetime
    due: datetime
    taken_by: int | None
    agency_id: str | None = None  # of the staff that a concern is about
    at_once: int = 0  # alert level on arrival
    to_all: bool = False  # on arrival, alert every lead who may know
    with_head: bool = True  # then alert the head of service, too
    # Keeps the levels of all such items, {key: (level before, level)}, in place of their rows and the audit log; returns how
    # many.
    keep_levels: Callable[[dict[Any, tuple[int, int]]], int] | None = None

    @property
    def told(self) -> int:
        """The level of the last alert; of what is sealed to a lost key none, so that it is told anew and hides no other."""
        with suppress(VaultLocked):
            return int(self.obj.alerted)
        return 0

    def level(self, now: datetime) -> int:
        share = clocks.share_of_time_used(self.start, self.due, now, get_working_week())
        return alert_level_for(share) or self.at_once

    def find_alert_time(self, percent: int) -> datetime:
        return clocks.moment_at_percent(percent, self.start, self.due, get_working_week())


def describe_escalation(percent: int) -> str:
    """Who is told at this level, for staff: the head of service only where there is one."""
    if percent == HEAD_OF_SERVICE and settings.HEAD_OF_SERVICE_EMAIL:
        return "the head of service is told"
    return "the backup lead is told" if percent == LEVELS[-1] else "the backup lead is told again"


def alert_level_for(share: float) -> int:
    """The highest level that a share of the time has reached."""
    return next((each for each in LEVELS if share * 100 >= each), 0)


def build_case_timing(case: TriageCase) -> TimedItem:
    """A concern about staff is told to every lead who may see it, as the one on duty may be of that agency."""
    return TimedItem(
        case, case.opened_at, case.due_at, case.claimed_by_id, case.agency_id, ARRIVED,
        to_all=bool(case.agency_id), with_head=False,
    )  # fmt: skip


def build_contact_timing(contact: ContactRequest) -> TimedItem:
    return TimedItem(contact, find_start_of_due_day(contact.due), contact.due, contact.claimed_by_id)


def build_withdrawn_timing(text: WithdrawnText) -> TimedItem:
    """The time of withdrawal is not stored: the clock starts one working day before the due hour."""
    return TimedItem(text, _one_working_day_before(text.due), text.due, text.read_by_id, text.agency_id)


def find_start_of_due_day(due: datetime) -> datetime:
    """Where arrival is not stored, the clock starts with the working day on which an item is due."""
    hours = get_working_week().day(due.astimezone(clocks.LONDON).date())
    return hours[0] if hours and hours[0] < due else _one_working_day_before(due)


def _one_working_day_before(due: datetime) -> datetime:
    local, working = due.astimezone(clocks.LONDON), get_working_week()
    for number in range(1, clocks.MAX_IDLE_DAYS):
        hours = working.day(local.date() - timedelta(days=number))
        if hours is not None:
            same_time = datetime.combine(hours[0].date(), local.time(), clocks.LONDON)
            return min(max(same_time, hours[0]), hours[1])
    raise ValueError("nobody worked in the year before this")


def iter_timed_items() -> Iterator[TimedItem]:
    yield from map(build_case_timing, TriageCase.objects.filter(state__in=states.RUNNING_CLOCK))
    contacts = ContactRequest.objects.filter(state__in=states.RUNNING_CONTACT_CLOCK)
    yield from map(build_contact_timing, contacts)
    yield from map(build_withdrawn_timing, WithdrawnText.objects.filter(case__isnull=True))
    for items in collect_return_values(timed_items_asked):
        yield from items


def alert_waiting_items(now: datetime | None = None) -> int:
    """Sweep: send the alerts that are due. Returns the number of items."""
    return alert_recipients(iter_timed_items(), now or timezone.now())


def alert_recipients(waiting: Iterable[TimedItem], now: datetime, patient: bool = True) -> int:
    """Send the alerts that are due for these items. Impatient: if the first message fails, the rest is left to the
    sweep, because a person waits for the page; a later refused address does not stop the others."""
    due = [(each, reached) for each in waiting if (reached := each.level(now)) > each.told]
    wanted = {each.obj.pk: _choose_recipients(each, reached, now) for each, reached in due}
    reached_people = _notify_addresses(set().union(*wanted.values()), now, patient)
    told, apart = 0, defaultdict[Any, dict[Any, tuple[int, int]]](dict)
    for each, reached in due:
        people, head = wanted[each.obj.pk], settings.HEAD_OF_SERVICE_EMAIL
        # The level of the head of service takes the head, if wanted, else any recipient.
        without_head = head in people and head not in reached_people
        level = LEVEL_WITHOUT_HEAD.get(reached, ARRIVED) if without_head else reached
        if not people & reached_people:
            continue
        if each.keep_levels:
            apart[each.keep_levels][each.obj.pk] = each.told, level
        else:
            told += _mark_alerted(each, level)
    return told + sum(keep_levels(levels) for keep_levels, levels in apart.items())


def tell_of_hiding(case: TriageCase, now: datetime) -> int:
    """Tell the leads who may still see a case that was hidden, in the request and whatever its clock. Its levels start
    anew: those told before may be of that agency."""
    item = replace(build_case_timing(case), start=now, due=now + AFTER_HIDING)
    return alert_recipients([item], now, patient=False)


def tell_head_of_service() -> bool:
    """Whether a message left for the head of service."""
    head = settings.HEAD_OF_SERVICE_EMAIL
    return bool(head) and notify(head)


def _notify_addresses(addresses: Iterable[str], now: datetime, patient: bool) -> set[str]:
    reached = set()
    for address in addresses:
        if notify(address, now, retried=True):
            reached.add(address)
        elif not patient and not reached:
            break
    return reached


@transaction.atomic
def _mark_alerted(waiting: TimedItem, reached: int) -> int:
    obj = waiting.obj
    # One that came back to the board meanwhile begins anew: who is on duty hears of it.
    marked: int = type(obj).objects.filter(pk=obj.pk, alerted=obj.alerted).update(alerted=reached)
    if marked:
        record_event("triage alerted", obj=obj, percent=0 if reached <= EVERYONE else reached)
    return marked


def _choose_recipients(waiting: TimedItem, reached: int, now: datetime) -> set[str]:
    """Addresses for a level: the lead on duty on arrival, then the backup, in the end the head of service (with the
    backup if an earlier sweep was missed). Never someone on leave or from whom it is hidden, nor who claimed it."""
    head = settings.HEAD_OF_SERVICE_EMAIL
    people = [lead for lead in lead_rota.list_reachable_leads(now) if not is_hidden_from(waiting, lead)]
    everyone = waiting.to_all and waiting.told < ARRIVED
    free = [person for person in people if person.pk != waiting.taken_by]
    first = [person for person in _rota_order(reached, now) if person in free][:1]
    told = {person.email for person in (not everyone and first) or free or people}
    if head and waiting.told == LEVEL_WITHOUT_HEAD.get(reached):
        told = {head}
    elif head and ((everyone and waiting.with_head) or reached == HEAD_OF_SERVICE or not told):
        told.add(head)
    if not told:
        logger.error(
            "nobody can be told of a waiting item: no lead who is here may see it, and there is no head of service"
        )
    return told


def _rota_order(reached: int, now: datetime) -> tuple[Any, Any]:
    """(first, second) to alert. After closing time, an item due that day is still that day's duty's."""
    if reached <= EVERYONE:
        duty = lead_rota.find_current_duty(now)
        return duty.lead, duty.backup
    duty = lead_rota.find_current_duty(now - AFTER_CLOSING)
    return duty.backup, duty.lead
