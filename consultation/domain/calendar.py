"""Bank holidays of England and Wales and working days: the one calendar of clocks, rotas and promised dates."""

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
ANSWER_WITHIN = 20  # working days after the close, in which people hear what was decided (P4)


def easter_sunday(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _first_monday_of(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday_of(year: int, month: int) -> date:
    last = date(year, month, 31)  # only asked of months with 31 days
    return last - timedelta(days=last.weekday())


def _move_to_free_weekday(day: date, taken: set[date]) -> date:
    """A holiday at the weekend moves to the next weekday that is not a holiday yet."""
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> frozenset[date]:
    """Regular bank holidays of England and Wales; one-off ones (a coronation) are in `WorkingWeek.closed`."""
    easter = easter_sunday(year)
    days = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday_of(year, 5),
        _last_monday_of(year, 5),
        _last_monday_of(year, 8),
        _move_to_free_weekday(date(year, 1, 1), set()),
    }
    # Weekday first: Christmas or Boxing Day on a weekday keeps its day; one at the weekend moves past it.
    for day in sorted((date(year, 12, 25), date(year, 12, 26)), key=lambda day: day.weekday() >= SATURDAY):
        days.add(_move_to_free_weekday(day, days))
    return frozenset(days)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def count_working_days(first: date, last: date) -> int:
    """Number of working days after `first`, up to and including `last`."""
    return sum(is_working_day(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


def add_working_days(day: date, days: int) -> date:
    """The date so many working days later. Office hours and local closures are ignored, so a promised date never moves."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
