"""Open, coming and closed consultations for the home page and the index, in the visitor's language."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from consultation.surveys.consultation_outcome import ConsultationOutcome, find_outcomes
from consultation.surveys.consultation_state import ConsultationState, find_states
from consultation.surveys.live_languages import order_languages


@dataclass
class ConsultationCard:
    """One consultation for a visitor: `page` is in their language, or is the source where no translation is live."""

    source: Any
    page: Any
    state: ConsultationState
    languages: list = field(default_factory=list)
    became: ConsultationOutcome = field(default_factory=ConsultationOutcome)
    closes_soon: bool = False

    @property
    def in_source_language(self):
        return self.page.pk == self.source.pk


@dataclass
class ConsultationListing:
    open: list
    coming: list
    closed: list
    today: date


def list_consultations(live_pages, language, *, closed_ones=None):
    """Open ones by closing date, and the latest `closed_ones` closed ones (all if None) with their outcomes."""
    by_key = {}
    for page in live_pages.defer("body").select_related("locale"):
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    sources = [(pages[settings.LANGUAGE_CODE], pages) for pages in by_key.values() if settings.LANGUAGE_CODE in pages]
    states = find_states([source for source, _ in sources])
    cards = [
        ConsultationCard(source, pages.get(language, source), states[source.pk], order_languages(pages))
        for source, pages in sources
    ]
    is_open = [card for card in cards if card.state.is_open]
    coming = [card for card in cards if card.state.is_coming]
    closed = [card for card in cards if card.state.is_closed]
    is_open.sort(key=lambda card: (card.state.last_day is None, card.state.last_day, card.source.pk))
    coming.sort(key=lambda card: (card.state.opens, card.source.pk))
    closed.sort(key=lambda card: (card.state.last_day, card.source.pk), reverse=True)
    closed = closed[:closed_ones]
    found = find_outcomes([card.source for card in closed], language)
    for card in closed:
        card.became = found.get(card.source.pk, card.became)
    return ConsultationListing(is_open, coming, closed, timezone.localdate())
