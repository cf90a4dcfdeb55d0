"""The pages that can be translated, and the checks that await this user."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.translating.models import LanguageCheck
from consultation.words import LANGUAGES

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def page_rows(user):
    """{"mine": checks for this user, "consultations": last changed first, "site": other pages in tree order}."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1, alias_of=None)
    consultations = set(ConsultationPage.objects.values_list("pk", flat=True))
    waiting = list(LanguageCheck.objects.filter(waits=True).select_related("page", "checker"))
    found = _rows(pages.order_by("path"), {(check.page_id, check.language) for check in waiting})
    latest = sorted(found, key=_changed, reverse=True)
    return {
        "mine": [_waits(check) for check in waiting if check.checker_id == user.pk],
        "consultations": [row for row in latest if row["page"].pk in consultations],
        "site": [row for row in found if row["page"].pk not in consultations],
    }


def _rows(pages, waiting):
    """Uses a constant number of queries."""
    live = set(
        Page.objects.live()
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .values_list("translation_key", "locale__language_code")
    )
    return [
        {
            "page": page,
            "kind": "" if page.specific_class is ConsultationPage else _kind(page),
            "live": [each for each in LANGUAGES if (page.translation_key, each.code) in live],
            "waiting": [each for each in LANGUAGES if (page.pk, each.code) in waiting],
        }
        for page in pages
    ]


def _changed(row):
    page = row["page"]
    return page.latest_revision_created_at or page.first_published_at or LONG_AGO, page.pk


def _kind(page):
    """The page type, because two site pages may have the same title."""
    name = str(page.specific_class._meta.verbose_name)
    return name[:1].upper() + name[1:]


def _waits(check):
    return {"check": check, "language": next((each for each in LANGUAGES if each.code == check.language), None)}


def editor_of(words):
    """The address of the translation editor; "" before the language is begun."""
    return reverse("wagtailadmin_pages:edit", args=[words.target.pk]) if words.target and words.begun else ""
