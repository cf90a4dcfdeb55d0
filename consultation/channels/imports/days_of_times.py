"""The day here of a time in a file, as tools, countries and spreadsheets write it. The time of day goes no further."""

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from django.utils.timezone import get_default_timezone

ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
TRUE_DATE = re.compile(rf"{ISO_DATE.pattern}((?:T\d\d:\d\d(?: \S+)?)?)")  # as a cell that is one is written
WRITTEN_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")


MONTHS = (
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?".split()
)
MONTHS += ["nov(?:ember)?", "dec(?:ember)?"]
NAMED_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -])?(?P<name>{'|'.join(MONTHS)})\.?[ -]"
    r"(?(day)|(?P<after>\d{1,2}),? )(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
SERIAL_DAY = re.compile(r"[2-7]\d{4}(?:\.\d+)?")  # a spreadsheet's number of a day between 1954 and 2119
SERIAL_ZERO = date(1899, 12, 30)
NO_DATE = "1980-01-01"  # LimeSurvey's time of sending in a survey that keeps none
FIRST_YEAR = 1990  # before which nobody answered a survey: a digit too few, or a clock that was never set
UNREADABLE_DAY = "?"  # is no day, so that the row is an error and not an answer of today
HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:([ap])m(?![a-z]))?", re.IGNORECASE)
# Hours ahead of UTC. American tools write their own; CST is of America, not of China.
ZONES = {"": 0, "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2}
ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
ZONE = re.compile(rf"\(?({'|'.join(ZONES)})(?:([+-])(\d{{1,2}})(?::?(\d{{2}}))?)?\)?", re.IGNORECASE)
ZONE_OF_PLACE = re.compile(r"[A-Za-z]+/[\w/+-]+")  # "Europe/London"
# Headings of times in UTC: those that say it, and the time of sending in KoboToolbox and ODK, which say it nowhere.
IN_UTC = re.compile(r"\butc\b|^_submission_time$|^submissiondate$", re.IGNORECASE)


def is_month_first(cells):
    """Whether dates are written 9/20/2026 rather than 20/9/2026: the first unambiguous one decides for all. None where
    no cell decides: then a person does."""
    for cell in cells:
        if found := WRITTEN_DATE.match(cell):
            first, second = int(found[1]), int(found[2])
            if first > 12 or second > 12:
                return second > 12
    return None


def resolve_day_order(cells):
    """(the cells, what `is_month_first` says of them), for a column of days.

    A spreadsheet that expects the day first makes 3 February of the American text 03/02/2026, and leaves 03/22/2026 a
    text. So beside such texts a day up to the 12th may have been swapped: it becomes "3/2/2026", for a person to decide.
    """
    days = [TRUE_DATE.fullmatch(cell) for cell in cells]
    if not any(days) or any(day and int(day[3]) > 12 for day in days) or not any(map(WRITTEN_DATE.match, cells)):
        return cells, is_month_first(cells)
    pairs = zip(cells, days, strict=True)
    return [f"{int(day[3])}/{int(day[2])}/{day[1]}{day[4]}" if day else cell for cell, day in pairs], None


def parse_day_of_time(cell, month_first):
    """The day here of a timestamp as YYYY-MM-DD, "" for an empty cell, UNREADABLE_DAY, or "5/11/2026" where
    neither the cell nor `month_first` tells which is the month. The time of day is dropped here, and with it its zone."""
    cell = cell.strip()
    if not cell or cell.startswith(NO_DATE):
        return ""
    if SERIAL_DAY.fullmatch(cell):
        return (SERIAL_ZERO + timedelta(days=int(float(cell)))).isoformat()
    try:
        written = _list_written_days(cell, month_first)
        days = [_find_local_day(cell, day) for day in written]
    except (ValueError, OverflowError):
        return UNREADABLE_DAY
    if len(days) == 2 and days == written:
        return f"{days[0].day}/{days[0].month}/{days[0].year}"
    return days[0].isoformat() if len(days) == 1 and days[0].year >= FIRST_YEAR else UNREADABLE_DAY


def is_time_of_day(cell):
    """Whether a cell is a day with an hour, and nothing else but its zone."""
    date_, hour = _match_date(cell), HOUR.search(cell)
    between = cell[date_.end() : hour.start()].strip(" ,") if date_ and hour else None
    said = cell[hour.end() :].strip() if hour else ""
    return between in ("", "T", "at") and bool(ZONE.fullmatch(said) or _find_zone(said))


def add_zone(cell, zone):
    """A time with the zone that its column says, where it says none itself."""
    hour = HOUR.search(cell) if is_time_of_day(cell) else None
    return f"{cell} {zone}" if hour and not cell[hour.end() :].strip() else cell


def _match_date(cell):
    return ISO_DATE.match(cell) or WRITTEN_DATE.match(cell) or NAMED_MONTH.match(cell)


def _list_written_days(cell, month_first):
    """The days that a cell can mean: none, one, or that of each order, the day first. Raises ValueError for no day."""
    if found := ISO_DATE.match(cell):
        return [date(*map(int, found.groups()))]
    if found := WRITTEN_DATE.match(cell):
        first, second, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
        month_first = is_month_first([cell]) if month_first is None else month_first
        orders = [month_first] if month_first is not None or first == second else [False, True]
        return [date(year, first, second) if is_month else date(year, second, first) for is_month in orders]
    if found := NAMED_MONTH.match(cell):
        year, month = int(found["year"]), _number_month(found["name"])
        return [date(year if year > 99 else year + 2000, month, int(found["day"] or found["after"]))]
    return []


def _number_month(name):
    return next(number for number, month in enumerate(MONTHS, start=1) if re.fullmatch(month, name, re.IGNORECASE))


def _find_local_day(cell, day):
    """The day that it was here, where the cell says the zone of its time; else the day as written."""
    hour = HOUR.search(cell)
    zone = _find_zone(cell[hour.end() :].strip()) if hour else None
    if not zone:
        return day
    hours = int(hour[1]) % 12 + 12 * (hour[3] in "pP") if hour[3] else int(hour[1])
    moment = datetime.combine(day, time(hours, int(hour[2])), zone)
    return moment.astimezone(get_default_timezone()).date()


def _find_zone(said):
    """The zone of “+02:00”, “(GMT+1)”, “PDT” and “America/Denver”; None for none, and for one that nobody knows."""
    if ZONE_OF_PLACE.fullmatch(said):
        try:
            return ZoneInfo(said)
        except (KeyError, OSError, ValueError):
            return None
    if not said or not (zone := ZONE.fullmatch(said)):
        return None
    name, sign, hours, minutes = zone.groups(default="0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    return timezone(ahead + timedelta(hours=ZONES[name.upper()]))
