"""The working week in force: officers' settings, else the standard week. Each process reloads it every few seconds."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultation.domain.process_cache import CachedValue
from consultation.safeguarding.clocks import STANDARD_WEEK, WorkingWeek
from consultation.safeguarding.duty_rota.models import DayOff, OpenHours

CACHE_SECONDS = 5


def _load_week(_: WorkingWeek | None) -> WorkingWeek:
    rows = {row.weekday: row for row in OpenHours.objects.all()}
    kept: dict[int, Any] = {day: (row.opens, row.closes) if row.opens else None for day, row in rows.items()}
    hours = tuple(kept.get(day, STANDARD_WEEK.hours[day]) for day in range(7))
    return WorkingWeek(hours=hours, closed=frozenset(DayOff.objects.values_list("day", flat=True)))


cached_week = CachedValue(_load_week, lambda: CACHE_SECONDS)
get_working_week = cached_week.get


def select_days_off_ahead(today: date | None = None) -> Any:
    return DayOff.objects.filter(day__gte=today or timezone.localdate())
