"""Actions on working hours, days off and the rota. Deadlines already set do not move."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from consultation.access import NotAllowed, require_words
from consultation.audit.audit_log import record_event
from consultation.domain.calendar import bank_holidays
from consultation.safeguarding.duty_rota import absences, lead_rota, working_week
from consultation.safeguarding.duty_rota.models import DayOff, DutyDay, OpenHours

WEEK = timedelta(days=7)
WeekdayHours = tuple[time, time] | None
DutyPair = tuple[int | None, int | None]


def _reload_working_week() -> None:
    """This process reloads the working week at once, the others within seconds."""
    transaction.on_commit(working_week.cached_week.clear)
    working_week.cached_week.clear()


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
    require_words(name, "Say what day it is.")
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
    may, changed = {lead.pk for lead in lead_rota.list_leads()}, []
    away = absences.map_absences(min(people), max(people)) if people else {}
    for day, (lead, backup) in people.items():
        if lead is not None and lead == backup:
            raise NotAllowed(f"{day:%A %-d %B}: nobody is their own backup.")
        if {lead, backup} - may - {None}:
            raise NotAllowed(f"{day:%A %-d %B}: choose from the leads.")
        if {lead, backup} & away.get(day, set()):
            raise NotAllowed(f"{day:%A %-d %B}: choose somebody who is not on leave.")
        if _pair_of_row(DutyDay.objects.filter(day=day).first()) != (lead, backup):
            DutyDay.objects.update_or_create(day=day, defaults={"lead_id": lead, "backup_id": backup})
            changed.append(str(day))
    if changed:
        record_event("rota changed", by=by, days=changed)
    return len(changed)


@transaction.atomic
def repeat_last_week(*, by: Any, since: date, days: int) -> int:
    """Fill gaps from the same weekday of the week before. Returns the number of filled days."""
    filled: dict[date, DutyPair] = {}
    earlier = {row.day: row for row in DutyDay.objects.filter(day__gte=since - WEEK)}
    now = {duty.day: duty for duty in lead_rota.list_duties(since - WEEK, days + 7)}
    leads = {lead.pk for lead in lead_rota.list_leads()}
    away = absences.map_absences(since, since + timedelta(days=days))
    for day in sorted(day for day in now if day >= since and now[day].gap):
        here = leads - away[day]  # without former leads, and those on leave
        known = _keep_those_here(_pair_of_row(earlier.get(day)), here)
        before = _keep_those_here(filled.get(day - WEEK) or _pair_of_row(earlier.get(day - WEEK)), here)
        # Nobody becomes their own backup.
        lead = known[0] or (before[0] if before[0] != known[1] else None)
        backup = known[1] or (before[1] if before[1] != lead else None)
        if lead or backup:
            filled[day] = lead, backup
    return set_rota(by=by, people=filled)


def _keep_those_here(pair: DutyPair, here: set[int]) -> DutyPair:
    lead, backup = (key if key in here else None for key in pair)
    return lead, backup


@transaction.atomic
def give_duty_to(*, of: Any, to: Any, by: Any, since: date, until: date | None = None) -> int:
    """Give a lead's days on the rota to a colleague, but those on which the colleague has the other duty or is away:
    these stay as gaps. Returns the number of changed days."""
    rows = DutyDay.objects.filter(Q(lead=of) | Q(backup=of), day__gte=since).order_by("day")
    days = [row for row in rows if until is None or row.day <= until]
    away = absences.map_absences(since, max((row.day for row in days), default=since))
    free = [row for row in days if to.pk not in {row.lead_id, row.backup_id} | away[row.day]]
    people = {row.day: tuple(to.pk if key == of.pk else key for key in _pair_of_row(row)) for row in free}
    for day, (lead, backup) in people.items():
        DutyDay.objects.filter(day=day).update(lead_id=lead, backup_id=backup)
    if people:
        record_event("rota changed", by=by, days=[str(day) for day in people])
    return len(people)


def _pair_of_row(row: DutyDay | None) -> DutyPair:
    return (row.lead_id, row.backup_id) if row else (None, None)
