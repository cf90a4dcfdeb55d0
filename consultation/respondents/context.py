"""Context processor for the templates of all public pages."""

from django.conf import settings
from django.utils.translation import get_language

from consultation.appearance.current import current
from consultation.respondents.live import is_live
from consultation.respondents.robots import may_be_indexed
from consultation.words import LANGUAGES, direction, words_for


def public(request) -> dict:
    language = get_language() or settings.LANGUAGE_CODE
    look = current()
    path, query = (request.path_info, request.META.get("QUERY_STRING", "")) if request else ("", "")
    return {
        "may_be_indexed": may_be_indexed(path, query) and not getattr(request, "keep_out", False),
        "canonical": settings.SITE_URL.rstrip("/") + path,
        "site_address": settings.SITE_URL.rstrip("/"),
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
