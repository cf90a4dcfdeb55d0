"""What a help entry says, in the language of the page where a translation exists, else in English, marked as English.

Translations are the interface texts `place.…`, found by their English: words that an officer changed are shown as
written, until somebody translates them.
"""

import re
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from consultation.interface_text import get_text, get_text_html
from consultation.interface_text.text_table import WORDS
from consultation.interface_text.written_dates import name_weekday
from consultation.safeguarding.help.opening import OpeningHours, parse_opening_hours

KEYS = {entry.text: key for key, entry in WORDS.items() if key.startswith("place.")}
SMS = re.compile(r"(?:(.+) to )?(\d+)")  # "SHOUT to 85258", "88247"


def say_in_page_language(written: str) -> SafeString:
    if key := KEYS.get(written):
        return get_text_html(key)
    return format_html('<span lang="en" dir="ltr">{}</span>', written) if written else SafeString()


def find_translation(written: str) -> str:
    """The words in the language of the page, for searching; as written where they have no translation."""
    return get_text(KEYS[written]) if written in KEYS else written


def say_sms(written: str) -> SafeString:
    """ "Text SHOUT to 85258"; empty where the entry says something else than what to send."""
    found = SMS.fullmatch(written)
    if found is None:
        return SafeString()
    word, number = found.groups()
    return (
        get_text_html("help.sms.word", word=word, number=number) if word else get_text_html("help.sms", number=number)
    )


def say_hours(written: str) -> SafeString:
    """Opening hours. Where they were parsed, the days are named in the language of the page."""
    hours = parse_opening_hours(written)
    if get_language() == "en" or hours is None or hours.always:
        return say_in_page_language(written)
    return format_html_join(", ", '{} <bdi dir="ltr">{}</bdi>', _group_days(hours))


def _group_days(hours: OpeningHours) -> list[tuple[str, str]]:
    """[("Monday–Thursday", "08:30–17:00")]: days in a row with the same hours stand together."""
    rows = []
    for spans, days in groupby(enumerate(hours.days), key=lambda day: day[1]):
        numbers = [number for number, _ in days]
        names = dict.fromkeys(name_weekday(number) for number in (numbers[0], numbers[-1]))
        if spans:
            rows.append(("–".join(names), ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)))
    return rows
