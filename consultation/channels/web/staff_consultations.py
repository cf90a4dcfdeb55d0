"""Shared by the staff pages of all channels: the consultations and languages to choose from."""

from django.conf import settings
from django.db.models import F

from consultation.surveys.models import ConsultationPage, PublishedVersion


def published_consultations():
    """Published consultations in the source language, the latest closing date first."""
    published = PublishedVersion.objects.values("page_id")
    pages = ConsultationPage.objects.filter(pk__in=published, locale__language_code=settings.LANGUAGE_CODE)
    return pages.defer("body").order_by(F("closes").desc(nulls_first=True), "title")


def languages_of_consultation(page):
    """[(code, language name)] of the newest version, in the order of LANGUAGES."""
    content = page.versions.order_by("-number").values_list("content", flat=True).first() or {"languages": ["en"]}
    return [(code, name) for code, name in settings.LANGUAGES if code in content["languages"]]
