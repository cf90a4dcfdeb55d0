"""What every public page's template needs beside its own context."""

from django.conf import settings
from django.utils.translation import get_language

from consultation.appearance.current import current
from consultation.respondents.live import is_live
from consultation.words import LANGUAGES, direction, words_for


def public(request) -> dict:
    language = get_language() or settings.LANGUAGE_CODE
    look = current()
    return {
        "exit_url": look.exit_url or settings.EXIT_URL,
        "logo": look.logo,
        "direction": direction(language),
        "languages": LANGUAGES,
        "coverage": words_for(language),
        "home_path": f"/{language}/",
        "not_live": not is_live(),
        "district": getattr(settings, "DISTRICT", ""),
        "partnership": getattr(settings, "PARTNERSHIP", ""),
    }
