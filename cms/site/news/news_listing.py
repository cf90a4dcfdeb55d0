"""The public list of news: language fallback, filters by theme, audience and year, pagination."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from consultation.surveys.models import Audience, ConsultationPage

A_PAGE = 10
SOURCE = settings.LANGUAGE_CODE
FOR_WHOM = {
    Audience.CHILDREN: "for.children",
    Audience.PARENTS: "for.parents",
    Audience.COMMUNITIES: "for.communities",
    Audience.PROFESSIONALS: "for.professionals",
}


def split_themes(themes):
    return [theme.strip() for theme in themes.split(",") if theme.strip()]


@dataclass(frozen=True)
class NewsFilter:
    """The visitor's filters; unknown values are ignored."""

    theme: str = ""
    audience: str = ""
    year: str = ""

    def admits_row(self, row):
        return (
            (not self.theme or self.theme in split_themes(row["themes"]))
            and (not self.audience or self.audience == row["audience"])
            and (not self.year or self.year == str(row["day"].year))
        )


class NewsQuerySet(PageQuerySet):
    def in_language(self, language):
        """Live news in a language, newest first."""
        return self.live().filter(locale__language_code=language).order_by("-day", "-pk")

    def with_english_fallback(self, language):
        """Live news in a language, plus untranslated news in the source language."""
        theirs = Q(locale__language_code=language)
        rest = Q(locale__language_code=SOURCE) & ~Q(
            translation_key__in=self.in_language(language).values("translation_key")
        )
        return self.live().filter(theirs | rest).order_by("-day", "-pk")


def mark_english_pages(pages, language):
    """Set `in_english` on each page: English on a page of another language."""
    if language != SOURCE:
        english = Locale.objects.get(language_code=SOURCE).pk
    for page in pages:
        page.in_english = language != SOURCE and page.locale_id == english
    return pages


def build_news_context(news, index, chosen):
    shown = news.with_english_fallback(index.locale.language_code)
    rows = list(shown.values("pk", "themes", "audience", "day", "locale"))
    here = [row for row in rows if row["locale"] == index.locale_id]
    themes = sorted({theme for row in here for theme in split_themes(row["themes"])}, key=str.casefold)
    audiences = [value for value in Audience.values if any(row["audience"] == value for row in rows)]
    years = sorted({str(row["day"].year) for row in rows}, reverse=True)
    wanted = NewsFilter(
        theme=_known_or_empty(chosen.get("theme"), themes),
        audience=_known_or_empty(chosen.get("for"), audiences),
        year=_known_or_empty(chosen.get("year"), years),
    )
    page = Paginator([row["pk"] for row in rows if wanted.admits_row(row)], A_PAGE).get_page(chosen.get("page"))
    pages = Page.objects.specific().in_bulk(page.object_list)
    listed_news = [pages[pk] for pk in page.object_list if pk in pages]
    mark_english_pages(listed_news, index.locale.language_code)
    return {
        "wanted": wanted,
        "themes": themes,
        "audiences": [(value, FOR_WHOM[value]) for value in audiences],
        "years": years,
        "listed": page,
        "news": listed_news,
        "some_english": any(one.in_english for one in listed_news),
        "filtered": wanted != NewsFilter(),
    }


def _known_or_empty(value, known):
    return value if value in known else ""


def list_campaign_consultations(campaign):
    """The campaign's live consultations, its evaluation among them, in its own language if translated."""
    evaluated = ConsultationPage.objects.filter(evaluates__campaign=campaign.pk)
    keys = [page.translation_key for page in (*campaign.consultations.all(), *evaluated.defer("body"))]
    pages = ConsultationPage.objects.live().filter(translation_key__in=keys).defer("body").select_related("locale")
    by_key = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale_id] = page
    found = (
        pages.get(campaign.locale_id) or next((page for page in pages.values() if not page.is_translation), None)
        for pages in by_key.values()
    )
    return sorted(filter(None, found), key=lambda page: page.title)
