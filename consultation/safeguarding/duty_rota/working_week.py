"""The working week in force: officers' settings, else the standard week. Each process reloads it every few seconds."""

import time
from datetime import date
from typing import Any

from django.utils import timezone

from consultation.safeguarding.clocks import STANDARD_WEEK, WorkingWeek
from consultation.safeguarding.duty_rota.models import DayOff, OpenHours

CACHE_SECONDS = 5
_cache: dict[str, Any] = {}


def get_working_week() -> WorkingWeek:
    if time.monotonic() >= _cache.get("until", 0.0):
        rows = {row.weekday: row for row in OpenHours.objects.all()}
        kept: dict[int, Any] = {day: (row.opens, row.closes) if row.opens else None for day, row in rows.items()}
        hours = tuple(kept.get(day, STANDARD_WEEK.hours[day]) for day in range(7))
        week = WorkingWeek(hours=hours, closed=frozenset(DayOff.objects.values_list("day", flat=True)))
        _cache.update(week=week, until=time.monotonic() + CACHE_SECONDS)
    found: WorkingWeek = _cache["week"]
    return found


def forget_working_week() -> None:
    _cache.clear()


def select_days_off_ahead(today: date | None = None) -> Any:
    return DayOff.objects.filter(day__gte=today or timezone.localdate())
