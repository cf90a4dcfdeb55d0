"""Which pages there are to translate, and what of them waits for whom."""

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.translating.models import LanguageCheck
from consultation.words import LANGUAGES


def page_rows(user):
    """Consultations first, those that were changed last at the top; then the pages of the site, in their order."""
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1, alias_of=None)
    consultations = set(ConsultationPage.objects.values_list("pk", flat=True))
    found = [_row(page) for page in pages.order_by("path")]
    waiting = LanguageCheck.objects.filter(waits=True).select_related("page", "checker")
    return {
        "mine": [_waits(check) for check in waiting if check.checker_id == user.pk],
        "consultations": [row for row in reversed(found) if row["page"].pk in consultations],
        "site": [row for row in found if row["page"].pk not in consultations],
    }


def _row(page):
    live = set(page.get_translations().live().values_list("locale__language_code", flat=True))
    waiting = set(LanguageCheck.objects.filter(page=page.pk, waits=True).values_list("language", flat=True))
    return {
        "page": page,
        "kind": "" if page.specific_class is ConsultationPage else _kind(page),
        "live": [each for each in LANGUAGES if each.code in live],
        "waiting": [each for each in LANGUAGES if each.code in waiting],
    }


def _kind(page):
    """Two pages of the site may have one title."""
    name = str(page.specific_class._meta.verbose_name)
    return name[:1].upper() + name[1:]


def _waits(check):
    return {"check": check, "language": next((each for each in LANGUAGES if each.code == check.language), None)}


def editor_of(words):
    """The address of the translation editor; empty before the language is begun."""
    return reverse("wagtailadmin_pages:edit", args=[words.target.pk]) if words.target and words.begun else ""
