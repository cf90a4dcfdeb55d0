"""The working week in force: officers' settings, else the standard week. Each process reloads it every few seconds."""

import time
from datetime import date
from typing import Any

from django.utils import timezone

from consultation.safeguarding.clocks import STANDARD, WorkingWeek
from consultation.safeguarding.duty.models import DayOff, OpenHours

SECONDS = 5
_kept: dict[str, Any] = {}


def week() -> WorkingWeek:
    if time.monotonic() >= _kept.get("until", 0.0):
        _kept.update(week=_look_up(), until=time.monotonic() + SECONDS)
    found: WorkingWeek = _kept["week"]
    return found


def forget() -> None:
    _kept.clear()


def _look_up() -> WorkingWeek:
    rows = {row.weekday: row for row in OpenHours.objects.all()}
    hours = tuple(_times(rows[day]) if day in rows else STANDARD.hours[day] for day in range(7))
    return WorkingWeek(hours=hours, closed=frozenset(DayOff.objects.values_list("day", flat=True)))


def _times(row: OpenHours) -> tuple[Any, Any] | None:
    return (row.opens, row.closes) if row.opens else None


def days_off_ahead(today: date | None = None) -> Any:
    return DayOff.objects.filter(day__gte=today or timezone.localdate())
