"""The help directory (D2): its seed, stale entries and the public help page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from consultation.domain.process_cache import CachedValue
from consultation.interface_text import LANGUAGES
from consultation.respondent_pages.public_context import render_public_page
from consultation.respondent_pages.request_origin import respondent_view
from consultation.safeguarding.help import entry_words, opening
from consultation.safeguarding.help.needs import AGE_BANDS, NEEDS, is_for_age
from consultation.safeguarding.models import HelpEntry

SEED_FILE = Path(__file__).with_name("data") / "helplines.yaml"
MAX_AGE = timedelta(days=90)


@transaction.atomic
def load_help_entries() -> int:
    """Add missing entries of the seed, without touching existing ones. Returns the number of new entries."""
    known = set(HelpEntry.objects.values_list("slug", flat=True))
    new = [entry for entry in _read_seed() if entry.slug not in known]
    HelpEntry.objects.bulk_create(new)
    return len(new)


def _read_seed() -> list[HelpEntry]:
    """The lines of the country, and those of our district."""
    ours = [row for row in _read_rows() if row.pop("district", settings.DISTRICT) == settings.DISTRICT]
    return [HelpEntry(order=number, **row) for number, row in enumerate(ours)]


def _read_rows() -> list[dict[str, Any]]:
    return list(yaml.safe_load(SEED_FILE.read_text(encoding="utf-8"))["entries"])


@cache
def _list_national_slugs() -> frozenset[str]:
    return frozenset(row["slug"] for row in _read_rows() if "district" not in row)


def is_local_number(entry: HelpEntry) -> bool:
    """Whether it is a number for adults who worry about a child that is not one of the whole country."""
    return bool(entry.call and "adult" in entry.needs and entry.slug not in _list_national_slugs())


def _number_seed() -> list[HelpEntry]:
    """The seed's entries in place of those that officers checked, which no database could tell."""
    entries = _read_seed()
    for number, entry in enumerate(entries, start=1):
        entry.pk = number
    return entries


def select_shown_entries():
    """All but new ones of which no number was confirmed yet."""
    return HelpEntry.objects.exclude(call="", text="", web="", chat="", number_changes__isnull=False)


# Help must be there when the database is not: each process keeps the entries, and has the seed until it knew any.
cached_entries = CachedValue(
    lambda _: list(select_shown_entries()), lambda: settings.PUBLISHED_SECONDS, without_database=_number_seed
)


def is_check_overdue(checked_on: date | None, today: date | None = None) -> bool:
    """Whether an entry was never checked, or not in the last 90 days."""
    return checked_on is None or (today or timezone.localdate()) - checked_on > MAX_AGE


def select_stale_entries(today: date | None = None):
    oldest = (today or timezone.localdate()) - MAX_AGE
    return HelpEntry.objects.exclude(checked_on__gte=oldest)


@dataclass(frozen=True)
class HelpEntryCard:
    """A help entry for display, with links to call, text and open it."""

    entry: HelpEntry
    now: datetime | None = None

    @property
    def phone_digits(self):
        return "".join(digit for digit in self.entry.call if digit.isdigit() or digit == "+")

    @property
    def sms_number(self):
        """The number at the end of "SHOUT to 85258"; empty where the text is a sentence about something else."""
        found = entry_words.SMS.fullmatch(self.entry.text)
        return found[2] if found else ""

    @property
    def sms(self):
        return entry_words.say_sms(self.entry.text)

    @property
    def name(self):
        """Of the emergency services, in the language of the page; a line has one name in every language."""
        return entry_words.say_in_page_language(self.entry.name)

    @property
    def for_whom(self):
        return entry_words.say_in_page_language(self.entry.for_whom)

    @property
    def text(self):
        return entry_words.say_in_page_language(self.entry.text)

    @property
    def hours(self):
        return entry_words.say_hours(self.entry.hours)

    @property
    def leaves_trace(self):
        return entry_words.say_in_page_language(self.entry.leaves_trace)

    @property
    def href(self):
        return _build_https_url(self.entry.web)

    @property
    def chat(self):
        return _build_https_url(self.entry.chat)

    @property
    def is_old(self):
        """Whether the last check is over 90 days old. Never checked is no warning: then the site is not live yet."""
        return self.entry.checked_on is not None and is_check_overdue(self.entry.checked_on)

    @property
    def always(self):
        hours = opening.parse_opening_hours(self.entry.hours)
        return bool(hours and hours.always)

    @property
    def is_open(self):
        """Whether it is open now; None when unknown: unparsed hours, a stale check, or always open."""
        if self.now is None or is_check_overdue(self.entry.checked_on) or self.always:
            return None
        return opening.is_open(opening.parse_opening_hours(self.entry.hours), self.now)

    @property
    def rank(self):
        """0: open now; 1: hours unknown; 2: closed now, or not checked in the last 90 days."""
        if is_check_overdue(self.entry.checked_on) or self.is_open is False:
            return 2
        return 0 if self.always or self.is_open else 1

    @property
    def anchor(self):
        """The entry's place in the page's address. It names no service: a browser's history keeps it."""
        return f"place-{self.entry.pk}"

    @property
    def speaks(self):
        return [language for language in LANGUAGES if language.code in self.entry.languages]


def _build_https_url(address):
    return address if address.startswith("https://") else f"https://{address}" if address else ""


def list_help_cards(now: datetime | None = None) -> list[HelpEntryCard]:
    """All entries: those that are open now first, then those whose hours are unknown, at the end the closed and the
    unchecked ones. Among equals those that speak the language of the page come first."""
    now, language = now or timezone.now(), get_language()
    cards = [HelpEntryCard(entry, now) for entry in cached_entries.get()]
    return sorted(cards, key=lambda card: (card.rank, language not in (card.entry.languages or ["en"])))


def list_cards_for_need(need: str) -> list[HelpEntryCard]:
    """The entries for a need, in the officers' order; none for no need."""
    return [HelpEntryCard(entry) for entry in cached_entries.get() if need in entry.needs] if need else []


def render_help_places(need: str) -> str:
    """The places of help that a survey shows beside "Get help now"; empty for no need. It names no time of today, so
    that a page may be kept with it."""
    cards = list_cards_for_need(need)
    context = {"cards": cards, "title": f"{need}.title", "body": f"{need}.body"}
    return render_to_string("consultation/safeguarding/help/places.html", context) if cards else ""


@dataclass(frozen=True)
class HelpSearch:
    """The chosen need, language and age; unknown values are ignored."""

    need: str = ""
    language: str = ""
    age: str = ""

    @classmethod
    def of(cls, data):
        need, language = data.get("need", ""), data.get("language", "")
        known = {each.code for each in LANGUAGES}
        age = data.get("age", "")
        return cls(
            need if need in NEEDS else "", language if language in known else "", age if age in AGE_BANDS else ""
        )

    def __bool__(self):
        return bool(self.need or self.language or self.age)

    def fits(self, entry):
        of_age = not self.age or is_for_age(entry.for_whom, AGE_BANDS[self.age])
        return of_age and (not self.need or self.need in entry.needs)

    def is_spoken(self, entry):
        return not self.language or self.language in (entry.languages or ["en"])


@respondent_view
def show_help_page(request):
    """All help entries; by POST those for a need and language, so that the choice is in no URL or browser history."""
    wanted, entries = HelpSearch.of(request.POST), list_help_cards()
    emergency = next((card for card in entries if card.entry.slug == "999"), None)
    fitting = [card for card in entries if card is not emergency and wanted.fits(card.entry)]
    used = {need for card in entries for need in card.entry.needs}
    context = {
        "now": emergency,
        "wanted": wanted,
        "cards": [card for card in fitting if wanted.is_spoken(card.entry)],
        "others": [card for card in fitting if not wanted.is_spoken(card.entry)],
        "needs": [(need, f"need.{need}") for need in NEEDS if need in used],
        "spoken": [each for each in LANGUAGES if any(each.code in card.entry.languages for card in entries)],
        "ages": AGE_BANDS,
        "path": "help/",
        "page_path": request.path_info,
        "posted": request.method == "POST",
    }
    return render_public_page(request, "consultation/safeguarding/help/help.html", context)
