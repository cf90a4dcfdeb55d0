"""The pages that can be translated, and the checks that await this user."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page

from consultation.interface_text import LANGUAGES
from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations.models import LanguageCheck

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def list_translatable_pages(user):
    """{"mine": checks for this user, "consultations": last changed first, "site": other pages in tree order}."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1, alias_of=None)
    consultations = set(ConsultationPage.objects.values_list("pk", flat=True))
    waiting = list(LanguageCheck.objects.filter(waits=True).select_related("page", "checker"))
    found = _build_rows(pages.order_by("path"), {(check.page_id, check.language) for check in waiting})

    def last_changed(row):
        page = row["page"]
        return page.latest_revision_created_at or page.first_published_at or LONG_AGO, page.pk

    latest = sorted(found, key=last_changed, reverse=True)
    languages = {each.code: each for each in LANGUAGES}
    mine = [check for check in waiting if check.checker_id == user.pk]
    return {
        "mine": [{"check": check, "language": languages.get(check.language)} for check in mine],
        "consultations": [row for row in latest if row["page"].pk in consultations],
        "site": [row for row in found if row["page"].pk not in consultations],
    }


def _build_rows(pages, waiting):
    """Uses a constant number of queries."""
    live = set(
        Page.objects.live()
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .values_list("translation_key", "locale__language_code")
    )
    return [
        {
            "page": page,
            # The page type, because two site pages may have the same title.
            "kind": ""
            if page.specific_class is ConsultationPage
            else capfirst(page.specific_class._meta.verbose_name),
            "live": [each for each in LANGUAGES if (page.translation_key, each.code) in live],
            "waiting": [each for each in LANGUAGES if (page.pk, each.code) in waiting],
        }
        for page in pages
    ]


def build_editor_url(words):
    """The address of the translation editor; "" before the language is begun."""
    return reverse("wagtailadmin_pages:edit", args=[words.target.pk]) if words.target and words.begun else ""
