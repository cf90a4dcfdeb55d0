"""Alerts about T1 answers that nobody has decided on, unread or held for a colleague: readers and the lead on duty at once;
then, by share of the time, as for a case.

A person gets one message while any T1 waits, and one more at most every 15 minutes when another came. What we keep of
it, sealed, is the slot of the last message to each person and the level of each answer, with no time; both go with the
decision. It stands in a row of its own: if the rows of T1 answers were changed, their places would tell them.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consultation.notifications.notify import notify
from consultation.reading.models import Screening, UrgentNotices
from consultation.reading.reading_order_cache import open_due_slots, open_reading_orders
from consultation.reading.staffing import reader_coverage
from consultation.responses.models import Answer
from consultation.responses.vault import VaultLocked, can_open_sealed
from consultation.safeguarding.alerts import ARRIVED, TimedItem, tell_head_of_service
from consultation.safeguarding.clocks import LONDON, T1_TIME, read_slot, write_slot
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.working_week import get_working_week

SLOT = timedelta(minutes=15)


@dataclass(frozen=True)
class UndecidedT1:
    """A T1 answer that waits for a decision, with the level of the last alert about it."""

    pk: UUID
    alerted: int


def list_undecided_t1() -> list[UndecidedT1]:
    """Without seeded answers. Raises VaultLocked in a process without a key."""
    there = Answer.objects.undecided().filter(response__withdrawn=False, practice__isnull=True)
    orders = open_reading_orders(Screening.objects.filter(answer__in=there))
    levels = _read_told(UrgentNotices.objects.first())["levels"]
    urgent = [key for key, order in orders.items() if order.flagged and order.priority == "T1"]
    return [UndecidedT1(key, levels.get(key.hex, 0)) for key in urgent]


def _read_told(row: UrgentNotices | None) -> dict[str, dict[str, Any]]:
    """What was told of whom; nothing where it is sealed to a key that is not here, so that it is told anew."""
    told: Any = {}
    with suppress(VaultLocked):
        told = row.told if row else {}
    return {"levels": {}, "slots": {}} | told  # type: ignore[no-any-return]


@transaction.atomic
def _record(change: Callable[[dict[str, dict[str, Any]]], None]) -> None:
    """Change what was told of whom, one process at a time."""
    UrgentNotices.objects.bulk_create([UrgentNotices()], ignore_conflicts=True)
    row = UrgentNotices.objects.select_for_update().get()
    before, told = _read_told(row), {name: dict(values) for name, values in _read_told(row).items()}
    change(told)
    if told != before:
        UrgentNotices.objects.update(told=told)


def alert_undecided_t1(now: datetime | None = None) -> int:
    """Sweep: tell readers and the lead on duty that a T1 came; the head of service if nobody is here. Returns how many
    people were told."""
    now = now or timezone.now()
    waiting = list_undecided_t1()
    if waiting or UrgentNotices.objects.exists():
        _record(lambda told: _forget_read(told, {one.pk.hex for one in waiting}))
    keys = [one.pk for one in waiting if not one.alerted]
    if not keys:
        return 0
    slots = _read_told(UrgentNotices.objects.get())["slots"]
    recently = {int(person) for person, slot in slots.items() if (read_slot(slot) or now) > now - 2 * SLOT}
    people = list_people_on_duty(keys, now)
    told = [person for person in people if person.pk not in recently and notify(person.email, now, retried=True)]
    if not told and not (not people and tell_head_of_service()):
        return 0
    _record(lambda said: _note_arrival(said, keys, told, now))
    return len(told) or 1


def _forget_read(told: dict[str, dict[str, Any]], waiting: set[str]) -> None:
    """What was told of answers that were read meanwhile goes, and with the last of them whom."""
    told["levels"] = {key: level for key, level in told["levels"].items() if key in waiting}
    if not waiting:
        told["slots"] = {}


def _note_arrival(told: dict[str, dict[str, Any]], keys: list[UUID], people: list[Any], now: datetime) -> None:
    told["levels"] = dict.fromkeys([key.hex for key in keys], ARRIVED) | told["levels"]
    slot = write_slot(now - (now - now.replace(minute=0, second=0, microsecond=0)) % SLOT)
    told["slots"] |= {str(person.pk): slot for person in people}


def _keep_levels(levels: dict[UUID, tuple[int, int]]) -> int:
    """Keep the levels of these answers, unless a higher one is kept. Returns how many there are."""
    _record(
        lambda told: told["levels"].update(
            {key.hex: max(level, told["levels"].get(key.hex, 0)) for key, (_, level) in levels.items()}
        )
    )
    return len(levels)


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


def iter_undecided_t1_timings() -> Iterator[TimedItem]:
    """Unread T1 answers as items with a clock. Arrival is not stored: the clock starts two hours before the slot's end,
    at the earliest when that day opens."""
    # Without a key `alert_undecided_t1` fails, which is an alarm.
    waiting = list_undecided_t1() if can_open_sealed() else []
    slots = open_due_slots(Screening.objects.filter(pk__in=[one.pk for one in waiting])) if waiting else {}
    for one in waiting:
        due = slots.get(one.pk)
        if due is None:  # the sweep `start_missing_clocks` starts it
            continue
        hours = get_working_week().day(due.astimezone(LONDON).date())
        start = max(hours[0], due - T1_TIME) if hours and hours[0] < due else due - T1_TIME
        yield TimedItem(one, start, due, None, keep_levels=_keep_levels)
