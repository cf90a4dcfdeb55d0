"""The other surveys that the pages after Send name.

They are cached in each process for a moment, so that Send costs no query for them.
"""

import time
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from consultation.domain.process_cache import register_cache
from consultation.surveys.models import ConsultationPage

MOST = 4
_open_surveys: dict[tuple[str, str], tuple[tuple, float]] = {}
register_cache(_open_surveys.clear)


class OpenSurvey(NamedTuple):
    slug: str
    title: str
    language: str  # of its page: English where it has none in the visitor's language


def list_other_surveys(page, language):
    """A tuple of at most MOST open surveys for the audience of this page, in the visitor's language where they exist in it.
    Those that need an invitation code are left out."""
    found, until = _open_surveys.get((page.audience, language), ((), 0.0))
    if time.monotonic() >= until:
        found = tuple(_find_open_surveys(page.audience, language))
        _open_surveys[page.audience, language] = found, time.monotonic() + settings.PUBLISHED_SECONDS
    return tuple(survey for survey in found if survey.slug != page.slug)[:MOST]


def _find_open_surveys(audience, language):
    """In the order of their closing days, those without one last."""
    sources = ConsultationPage.objects.live().sources().filter(audience=audience, code_only=False)
    sources = sources.only("slug", "title", "live", "opens", "closes", "translation_key")
    listed = sorted(
        (page for page in sources if page.is_open()),
        key=lambda page: (page.closes is None, page.closes or timezone.localdate(), page.pk),
    )
    translated = ConsultationPage.objects.live().filter(locale__language_code=language)
    titles = dict(translated.order_by().values_list("translation_key", "title"))
    for page in listed:
        own = titles.get(page.translation_key)
        yield OpenSurvey(page.slug, own or page.title, language if own else settings.LANGUAGE_CODE)
