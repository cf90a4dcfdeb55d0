"""A date written out in the language of the page, such as "4. decembra 2026".

Django's month names are wrong in dates for two languages: Slovak lacks the genitive, Romanian capitalises. Digits stay
0 to 9 in all languages, as on phones, timetables and in schools here.
"""

from datetime import date, datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

DAY_FORMAT = "j E Y"  # E: the month as a date needs it, "4 grudnia"
FORMATS = {"sk": "j. E Y"}
LOWER_CASE_DAYS = {"pl", "ro"}  # in a sentence, though Django names them with a capital
MONTHS = {
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra".split(),
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split(),
}


def write_out_day(day: date) -> str:
    if isinstance(day, datetime) and is_aware(day):
        day = localtime(day)
    language = (get_language() or "en").partition("-")[0]
    written = FORMATS.get(language, DAY_FORMAT)
    if language in MONTHS:
        # Escaped, so that date_format outputs the letters unchanged.
        written = written.replace("E", "".join(f"\\{letter}" for letter in MONTHS[language][day.month - 1]))
    return date_format(day, written)


def name_weekday(number: int) -> str:
    """The day of the week in the language of the page; 0 is Monday."""
    return str(WEEKDAYS[number])


def write_out_weekday(day: date) -> str:
    """As write_out_day, with the day of the week before it: "Monday 30 November 2026"."""
    if isinstance(day, datetime) and is_aware(day):
        day = localtime(day)
    name = name_weekday(day.weekday())
    lower = (get_language() or "en").partition("-")[0] in LOWER_CASE_DAYS
    return f"{name.lower() if lower else name} {write_out_day(day)}"
