"""All public addresses for search engines; the site map is this list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from wagtail.models import Page

from cms.site.pages.results_pages import list_published_results, results_path
from consultation.respondent_pages.robots_policy import may_be_indexed
from consultation.surveys.models import ConsultationPage
from insights.decisions.models import Decision

# Pages outside Wagtail's page tree; they exist in every interface language.
VIEW_PATHS = ("you-said-we-did/", "hear-by-right/", "pledges/", "what-groups-do/", "how-we-read/")


@dataclass(frozen=True)
class PublicAddress:
    path: str
    changed: date | None
    languages: tuple[tuple[str, str], ...]  # (code, path) in each language, its own included


def absolute_url(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def list_public_addresses() -> list[PublicAddress]:
    """Addresses that may be indexed; none until the site is live."""
    results = [results_path(source, "").lstrip("/") for source, _ in list_published_results()]
    decisions = Decision.objects.published().values_list("slug", flat=True)
    paths = [*VIEW_PATHS, *results, *(f"you-said-we-did/{slug}/" for slug in decisions)]
    found = [*_list_page_addresses(), *_expand_languages(paths)]
    return [each for each in found if may_be_indexed(each.path)]


def _list_page_addresses() -> list[PublicAddress]:
    groups: dict = {}
    pages = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    hidden = translations_without_live_source()
    for page in pages:
        parts = None if page.pk in hidden else page.get_url_parts()
        if parts:
            changed = page.last_published_at and page.last_published_at.date()
            groups.setdefault(page.translation_key, []).append((page.locale.language_code, parts[2], changed))
    return [
        PublicAddress(path, changed, tuple((code, other) for code, other, _ in group))
        for group in groups.values()
        for _, path, changed in group
    ]


def translations_without_live_source() -> set[int]:
    """Pks of translations whose source consultation is not live; they answer 404."""
    pages = list(ConsultationPage.objects.live().values_list("pk", "translation_key", "locale__language_code"))
    sources = {key for _, key, code in pages if code == settings.LANGUAGE_CODE}
    return {pk for pk, key, _ in pages if key not in sources}


def _expand_languages(paths: Iterable[str]) -> list[PublicAddress]:
    codes = [code for code, _ in settings.LANGUAGES]
    return [
        PublicAddress(f"/{code}/{name}", None, tuple((other, f"/{other}/{name}") for other in codes))
        for name in paths
        for code in codes
    ]
