"""The public list of news: language fallback, filters by theme, audience and year, pagination."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from wagtail.models import Locale, Page

from consultation.questionnaires.models import Audience

A_PAGE = 10
SOURCE = settings.LANGUAGE_CODE
FOR_WHOM = {
    Audience.CHILDREN: "for.children",
    Audience.PARENTS: "for.parents",
    Audience.COMMUNITIES: "for.communities",
    Audience.PROFESSIONALS: "for.professionals",
}


def split(themes):
    return [theme.strip() for theme in themes.split(",") if theme.strip()]


@dataclass(frozen=True)
class Wanted:
    """The visitor's filters; unknown values are ignored."""

    theme: str = ""
    audience: str = ""
    year: str = ""

    def has(self, row):
        return (
            (not self.theme or self.theme in split(row["themes"]))
            and (not self.audience or self.audience == row["audience"])
            and (not self.year or self.year == str(row["day"].year))
        )


def own(language):
    """Live news in a language, newest first."""
    from cms.news.models import NewsPage

    return NewsPage.objects.live().filter(locale__language_code=language).order_by("-day", "-pk")


def readable(language):
    """Live news in a language, plus untranslated news in the source language."""
    from cms.news.models import NewsPage

    theirs = Q(locale__language_code=language)
    rest = Q(locale__language_code=SOURCE) & ~Q(translation_key__in=own(language).values("translation_key"))
    return NewsPage.objects.live().filter(theirs | rest).order_by("-day", "-pk")


def marked(pages, language):
    """Set `in_english` on each page: English on a page of another language."""
    if language != SOURCE:
        english = Locale.objects.get(language_code=SOURCE).pk
    for page in pages:
        page.in_english = language != SOURCE and page.locale_id == english
    return pages


def _rows(index):
    found = readable(index.locale.language_code)
    return list(found.values("pk", "themes", "audience", "day", "locale"))


def context(index, chosen):
    rows = _rows(index)
    here = [row for row in rows if row["locale"] == index.locale_id]
    themes = sorted({theme for row in here for theme in split(row["themes"])}, key=str.casefold)
    audiences = [value for value in Audience.values if any(row["audience"] == value for row in rows)]
    years = sorted({str(row["day"].year) for row in rows}, reverse=True)
    wanted = Wanted(
        theme=_known(chosen.get("theme"), themes),
        audience=_known(chosen.get("for"), audiences),
        year=_known(chosen.get("year"), years),
    )
    page = Paginator([row["pk"] for row in rows if wanted.has(row)], A_PAGE).get_page(chosen.get("page"))
    news = marked(_in_order(page.object_list), index.locale.language_code)
    return {
        "wanted": wanted,
        "themes": themes,
        "audiences": [(value, FOR_WHOM[value]) for value in audiences],
        "years": years,
        "listed": page,
        "news": news,
        "some_english": any(one.in_english for one in news),
        "filtered": wanted != Wanted(),
    }


def _known(value, known):
    return value if value in known else ""


def _in_order(pks):
    pages = {page.pk: page for page in Page.objects.filter(pk__in=pks).specific()}
    return [pages[pk] for pk in pks if pk in pages]


def newest(language, number=3):
    return marked(list(readable(language)[:number]), language)


def asked_by(campaign):
    """The campaign's live consultations, in its own language if translated."""
    from consultation.questionnaires.models import ConsultationPage

    keys = [page.translation_key for page in campaign.consultations.all()]
    pages = ConsultationPage.objects.live().filter(translation_key__in=keys).defer("body").select_related("locale")
    by_key = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale_id] = page
    found = (pages.get(campaign.locale_id) or _source(pages) for pages in by_key.values())
    return sorted((page for page in found if page), key=lambda page: page.title)


def _source(pages):
    return next((page for page in pages.values() if not page.is_translation), None)
