"""Actions on working hours, days off and the rota. Deadlines already set do not move."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.domain.calendar import bank_holidays
from consultation.safeguarding.duty_rota import lead_rota, working_week
from consultation.safeguarding.duty_rota.models import DayOff, DutyDay, OpenHours

WEEK = timedelta(days=7)
WeekdayHours = tuple[time, time] | None
DutyPair = tuple[int | None, int | None]


def _reload_working_week() -> None:
    """This process reloads the working week at once, the others within seconds."""
    transaction.on_commit(working_week.forget_working_week)
    working_week.forget_working_week()


@transaction.atomic
def set_working_hours(*, by: Any, hours_of: Mapping[int, WeekdayHours]) -> None:
    """Opening and closing time of each weekday, 0 to 6; None is a day off."""
    if not any(hours_of.values()):
        raise NotAllowed("Someone must work on one day of the week at least, or no clock would ever end.")
    for weekday, times in hours_of.items():
        if times and times[0] >= times[1]:
            raise NotAllowed("A day opens before it closes.")
        opens, closes = times or (None, None)
        OpenHours.objects.update_or_create(weekday=weekday, defaults={"opens": opens, "closes": closes})
    record_event("working hours set", by=by)
    _reload_working_week()


@transaction.atomic
def add_day_off(*, by: Any, day: date, name: str) -> DayOff:
    if day in bank_holidays(day.year):
        raise NotAllowed("That is a bank holiday already.")
    if not name.strip():
        raise NotAllowed("Say what day it is.")
    off, _ = DayOff.objects.update_or_create(day=day, defaults={"name": name.strip()})
    record_event("day off added", by=by, day=str(day))
    _reload_working_week()
    return off


@transaction.atomic
def remove_day_off(*, by: Any, day: date) -> None:
    if not DayOff.objects.filter(day=day).delete()[0]:
        raise NotAllowed("That day is not in the list any more.")
    record_event("day off removed", by=by, day=str(day))
    _reload_working_week()


@transaction.atomic
def set_rota(*, by: Any, people: Mapping[date, DutyPair]) -> int:
    """Set lead and backup of these days. Returns the number of changed days."""
    may = {lead.pk for lead in lead_rota.list_leads()}
    changed = [day for day, pair in people.items() if _set_duty_day(day, pair, may)]
    if changed:
        record_event("rota changed", by=by, days=[str(day) for day in changed])
    return len(changed)


def _set_duty_day(day: date, people: DutyPair, may: set[int]) -> bool:
    lead, backup = people
    if lead is not None and lead == backup:
        raise NotAllowed(f"{day:%A %-d %B}: nobody is their own backup.")
    if {lead, backup} - may - {None}:
        raise NotAllowed(f"{day:%A %-d %B}: choose from the leads.")
    known = DutyDay.objects.filter(day=day).first()
    if ((known.lead_id, known.backup_id) if known else (None, None)) == people:
        return False
    DutyDay.objects.update_or_create(day=day, defaults={"lead_id": lead, "backup_id": backup})
    return True


@transaction.atomic
def repeat_last_week(*, by: Any, since: date, days: int) -> int:
    """Fill gaps from the same weekday of the week before. Returns the number of filled days."""
    filled: dict[date, DutyPair] = {}
    earlier = {row.day: row for row in DutyDay.objects.filter(day__gte=since - WEEK)}
    now = {duty.day: duty for duty in lead_rota.list_duties(since - WEEK, days + 7)}
    for day in sorted(day for day in now if day >= since and now[day].gap):
        before = filled.get(day - WEEK) or _pair_of_row(earlier.get(day - WEEK))
        people = _fill_missing(_pair_of_row(earlier.get(day)), before)
        if people != (None, None):
            filled[day] = people
    may = {lead.pk for lead in lead_rota.list_leads()}
    return set_rota(by=by, people={day: _drop_former_leads(pair, may) for day, pair in filled.items()})


def _pair_of_row(row: DutyDay | None) -> DutyPair:
    return (row.lead_id, row.backup_id) if row else (None, None)


def _fill_missing(known: DutyPair, before: DutyPair) -> DutyPair:
    """Fill missing people from the week before; nobody becomes their own backup."""
    lead = known[0] or (before[0] if before[0] != known[1] else None)
    backup = known[1] or (before[1] if before[1] != lead else None)
    return lead, backup


def _drop_former_leads(people: DutyPair, may: set[int]) -> DutyPair:
    lead, backup = people
    return lead if lead in may else None, backup if backup in may else None
