"""Parsing of written opening hours ("Mon-Thu 8:30-17:00, Fri 8:30-16:30"), and whether a service is open now.

A child may rely on it, so hours are only used when every word was parsed. Times are London's.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time

from consultation.safeguarding.clocks import LONDON, bank_holidays

ALWAYS = re.compile(r"(always|24 hours|24/7|day and night|24 hours a day)\.?", re.IGNORECASE)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
PART = re.compile(rf"({_DAY})(?:\s*(?:-|–|to)\s*({_DAY}))?\s+{_TIME}\s*(?:-|–|to)\s*{_TIME}", re.IGNORECASE)
EVERY_DAY = re.compile(rf"every day\s+{_TIME}\s*(?:-|–|to)\s*{_TIME}", re.IGNORECASE)


@dataclass(frozen=True)
class OpeningHours:
    """Opening times by weekday; `always`: day and night."""

    always: bool
    days: tuple[tuple[tuple[time, time], ...], ...] = ((),) * 7


def parse_opening_hours(written: str) -> OpeningHours | None:
    """The hours; None when any part cannot be parsed."""
    written = written.strip()
    if not written:
        return None
    if ALWAYS.fullmatch(written):
        return OpeningHours(True)
    days: list[list[tuple[time, time]]] = [[] for _ in DAYS]
    for part in re.split(r"\s*[,;]\s*", written.rstrip(".")):
        found = _parse_part(part)
        if found is None:
            return None
        for day in found[0]:
            days[day].append(found[1])
    return OpeningHours(False, tuple(tuple(each) for each in days))


def _parse_part(text: str) -> tuple[list[int], tuple[time, time]] | None:
    if each := EVERY_DAY.fullmatch(text):
        span = _parse_time_span(each.groups())
        return (list(range(7)), span) if span else None
    found = PART.fullmatch(text)
    span = _parse_time_span(found.groups()[2:]) if found else None
    if not found or not span:
        return None
    first, last = found[1], found[2] or found[1]
    start, end = (DAYS.index(name[:3].lower()) for name in (first, last))
    return (list(range(start, end + 1)), span) if start <= end else None


def _parse_time_span(parts: tuple[str | None, ...]) -> tuple[time, time] | None:
    """(opens, closes); None for an invalid time, one past midnight, or one that may mean the afternoon."""
    hour, minutes, until, until_minutes = (part or "" for part in parts)
    # A 12-hour clock may be meant by "1:30-4:30" and "8-11"; not by "01:30", "8:30-11:00" and "9-17".
    if len(hour) == 1 and int(until) <= 12 and (int(hour) < 7 or not minutes or not until_minutes):
        return None
    try:
        opens, closes = time(int(hour), int(minutes or 0)), time(int(until), int(until_minutes or 0))
    except ValueError:
        return None
    return (opens, closes) if opens < closes else None


def is_open(hours: OpeningHours | None, now: datetime) -> bool | None:
    """Whether the service is open; None: unknown, as on bank holidays unless it is always open."""
    if hours is None:
        return None
    if hours.always:
        return True
    here = now.astimezone(LONDON)
    if here.date() in bank_holidays(here.year):
        return None
    return any(opens <= here.time() < closes for opens, closes in hours.days[here.weekday()])
