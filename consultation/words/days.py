"""A day written out in the language of the page, such as "4. decembra 2026".

Django knows the months of every language here; in Slovak it lacks the case that a date needs, and in Romanian it writes
them like titles. Digits stay as they are: phones, timetables and school here use 0 to 9 in all of these languages.
"""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

DAY_FORMAT = "j E Y"  # E: the month as a date needs it, "4 grudnia"
FORMATS = {"sk": "j. E Y"}
MONTHS = {
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra".split(),
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split(),
}


def written_out(day: date) -> str:
    if isinstance(day, datetime) and is_aware(day):
        day = localtime(day)
    language = (get_language() or "en").partition("-")[0]
    written = FORMATS.get(language, DAY_FORMAT)
    if language in MONTHS:
        written = written.replace("E", _literal(MONTHS[language][day.month - 1]))
    return date_format(day, written)


def _literal(text: str) -> str:
    """Letters that date_format writes as they are."""
    return "".join(f"\\{letter}" for letter in text)
