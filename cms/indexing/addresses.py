"""All public addresses for search engines; the site map is this list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from wagtail.models import Page

from cms.pages.results import published_results, results_path
from consultation.questionnaires.models import ConsultationPage
from consultation.respondents.robots import may_be_indexed
from insights.decisions.models import Decision

# Pages outside Wagtail's page tree; they exist in every interface language.
NAMED = ("you-said-we-did/", "hear-by-right/")


@dataclass(frozen=True)
class Address:
    path: str
    changed: date | None
    languages: tuple[tuple[str, str], ...]  # (code, path) in each language, its own included


def absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def addresses() -> list[Address]:
    """Addresses that may be indexed; none until the site is live."""
    return [
        each
        for each in [*_of_the_tree(), *_named(NAMED), *_named(_results()), *_named(_decided())]
        if may_be_indexed(each.path)
    ]


def _of_the_tree() -> list[Address]:
    groups: dict = {}
    pages = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    hidden = without_their_source()
    for page in pages:
        parts = None if page.pk in hidden else page.get_url_parts()
        if parts:
            changed = page.last_published_at and page.last_published_at.date()
            groups.setdefault(page.translation_key, []).append((page.locale.language_code, parts[2], changed))
    return [
        Address(path, changed, tuple((code, other) for code, other, _ in group))
        for group in groups.values()
        for _, path, changed in group
    ]


def without_their_source() -> set[int]:
    """Pks of translations whose source consultation is not live; they answer 404."""
    pages = list(ConsultationPage.objects.live().values_list("pk", "translation_key", "locale__language_code"))
    sources = {key for _, key, code in pages if code == settings.LANGUAGE_CODE}
    return {pk for pk, key, _ in pages if key not in sources}


def _results() -> list[str]:
    return [results_path(source, "").lstrip("/") for source, _ in published_results()]


def _decided() -> list[str]:
    return [f"you-said-we-did/{slug}/" for slug in Decision.objects.published().values_list("slug", flat=True)]


def _named(paths: Iterable[str]) -> list[Address]:
    codes = [code for code, _ in settings.LANGUAGES]
    return [
        Address(f"/{code}/{name}", None, tuple((other, f"/{other}/{name}") for other in codes))
        for name in paths
        for code in codes
    ]
