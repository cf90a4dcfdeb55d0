"""What a help entry says, in the language of the page where a translation exists, else in English, marked as English.

Translations are the interface texts `place.…`, found by their English. Words that an officer wrote are offered on the
pages "Languages", where one person translates them and another reads them; until then they are shown as written.
"""

import re
from itertools import groupby
from typing import Any

from django.dispatch import receiver
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from consultation.interface_text import get_text, get_text_html
from consultation.interface_text.own_texts import own_texts_asked
from consultation.interface_text.own_translations import find_own_translation, say_own_words
from consultation.interface_text.text_table import WORDS
from consultation.interface_text.written_dates import name_weekday
from consultation.safeguarding.help.opening import OpeningHours, parse_opening_hours
from consultation.safeguarding.models import HelpEntry

KEYS = {entry.text: key for key, entry in WORDS.items() if key.startswith("place.")}
EMERGENCY = "999"  # its slug: the one entry whose name is translated
SMS = re.compile(r"(?:(.+) to )?(\d+)")  # "SHOUT to 85258", "88247"


def say_in_page_language(written: str) -> SafeString:
    if key := KEYS.get(written):
        return get_text_html(key)
    return say_own_words(written)


def find_translation(written: str) -> str:
    """The words in the language of the page, for searching; as written where they have no translation."""
    return get_text(KEYS[written]) if written in KEYS else find_own_translation(written) or written


def list_own_words(entry: HelpEntry) -> list[str]:
    """What the entry says in words that have no translation of the site's: no number, and no hours that were parsed."""
    hours = "" if parse_opening_hours(entry.hours) else entry.hours
    text = "" if SMS.fullmatch(entry.text) else entry.text
    name = entry.name if entry.slug == EMERGENCY else ""
    return [said for said in (name, entry.for_whom, text, hours, entry.leaves_trace) if said and said not in KEYS]


@receiver(own_texts_asked, dispatch_uid="help-entries")
def offer_own_words(sender: Any, **kwargs: Any) -> list[tuple[str, str]]:
    return [(said, f"help: {entry.name}") for entry in HelpEntry.objects.all() for said in list_own_words(entry)]


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
