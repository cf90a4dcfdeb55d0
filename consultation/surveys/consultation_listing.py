"""Open, coming and closed consultations for the home page and the index, in the visitor's language."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from consultation.surveys.consultation_outcome import ConsultationOutcome, find_outcomes
from consultation.surveys.immediate_closure import find_immediate_closures
from consultation.surveys.live_languages import order_languages


@dataclass
class ConsultationCard:
    """One consultation for a visitor: `page` is in their language, or is the source where no translation is live."""

    source: Any
    page: Any
    languages: list = field(default_factory=list)
    became: ConsultationOutcome = field(default_factory=ConsultationOutcome)
    closes_soon: bool = False
    closed_on: date | None = None  # the true day

    @property
    def in_source_language(self):
        return self.page.pk == self.source.pk


@dataclass
class ConsultationListing:
    open: list
    coming: list
    closed: list
    today: date


def list_consultations(live_pages, language, today=None, *, closed_ones=None):
    """Open ones by closing date, and the latest `closed_ones` closed ones (all if None) with their outcomes."""
    today = today or timezone.localdate()
    by_key = {}
    for page in live_pages.defer("body").select_related("locale"):
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    cards = [
        ConsultationCard(source, pages.get(language, source), order_languages(pages))
        for pages in by_key.values()
        if (source := pages.get(settings.LANGUAGE_CODE)) is not None
    ]
    is_open = [card for card in cards if card.source.is_open(today)]
    coming = [card for card in cards if card.source.opens and card.source.opens > today]
    closed = [card for card in cards if card.source.closes and card.source.closes < today]
    is_open.sort(key=lambda card: (card.source.closes is None, card.source.closes, card.source.pk))
    coming.sort(key=lambda card: (card.source.opens, card.source.pk))
    closed.sort(key=lambda card: (card.source.closes, card.source.pk), reverse=True)
    closed = closed[:closed_ones]
    at_once = find_immediate_closures(card.source for card in closed)
    found = find_outcomes([card.source for card in closed], language)
    for card in closed:
        early = at_once.get(card.source.pk)
        card.closed_on = date.fromisoformat(early.day) if early else card.source.closes
        card.became = found.get(card.source.pk, card.became)
    return ConsultationListing(is_open, coming, closed, today)
