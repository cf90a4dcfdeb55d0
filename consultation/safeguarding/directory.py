"""The directory of places that help (D2): its seed, and the page for everyone."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.respondents.context import public
from consultation.respondents.documents import page
from consultation.respondents.origin import respondent_view
from consultation.safeguarding.models import HelpEntry

SEED = Path(__file__).with_name("data") / "helplines.yaml"
MAX_AGE = timedelta(days=90)


@transaction.atomic
def load_help() -> int:
    """Add the entries of the seed that are missing; what officers changed stays theirs. Returns how many are new."""
    entries = yaml.safe_load(SEED.read_text(encoding="utf-8"))["entries"]
    known = set(HelpEntry.objects.values_list("slug", flat=True))
    new = [HelpEntry(order=number, **row) for number, row in enumerate(entries) if row["slug"] not in known]
    HelpEntry.objects.bulk_create(new)
    return len(new)


def is_stale(checked_on: date | None, today: date | None = None) -> bool:
    """Whether a person has to check an entry: never checked, or not in 90 days."""
    return checked_on is None or (today or timezone.localdate()) - checked_on > MAX_AGE


def stale_entries(today: date | None = None):
    oldest = (today or timezone.localdate()) - MAX_AGE
    return HelpEntry.objects.exclude(checked_on__gte=oldest)


@dataclass(frozen=True)
class Card:
    """An entry with its links made: what one can press on a telephone."""

    entry: HelpEntry

    @property
    def tel(self):
        return "".join(digit for digit in self.entry.call if digit.isdigit() or digit == "+")

    @property
    def sms(self):
        """The number at the end of "SHOUT to 85258"; empty where the text is a sentence about something else."""
        last = self.entry.text.rsplit(" ", 1)[-1]
        return last if last.isdigit() and ("to " in self.entry.text or last == self.entry.text) else ""

    @property
    def href(self):
        web = self.entry.web
        return web if web.startswith("https://") else f"https://{web}" if web else ""


@respondent_view
@require_safe
def help_page(request):
    entries = [Card(entry) for entry in HelpEntry.objects.all()]
    now = next((card for card in entries if card.entry.slug == "999"), None)
    context = {"now": now, "cards": [card for card in entries if card is not now]}
    return page(request, render_to_string("consultation/safeguarding/help.html", {**public(request), **context}))
