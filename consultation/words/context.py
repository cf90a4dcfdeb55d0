"""What every public page's template needs beside its own context."""

from django.conf import settings
from django.utils.translation import get_language

from consultation.words import LANGUAGES, direction, words_for

WEATHER = "https://www.bbc.co.uk/weather"


def public(request) -> dict:
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "exit_url": getattr(settings, "EXIT_URL", WEATHER),
        "direction": direction(language),
        "languages": LANGUAGES,
        "coverage": words_for(language),
        "home_path": f"/{language}/",
        "district": getattr(settings, "DISTRICT", ""),
        "partnership": getattr(settings, "PARTNERSHIP", ""),
    }
