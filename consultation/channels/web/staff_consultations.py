"""Shared by the staff pages of all channels: permission guards, and the consultations and languages to choose from."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import F
from django.views.decorators.cache import never_cache

from consultation.surveys.models import ConsultationPage, PublishedVersion


def staff_page_with_permission(name):
    """A view decorator: only for staff with this permission, never cached."""

    def decorate(view):
        guarded = login_required(permission_required(name, raise_exception=True)(view))
        return never_cache(wraps(view)(guarded))

    return decorate


officer_page = staff_page_with_permission("consultation.edit_consultation")


def published_consultations():
    """Published consultations in the source language, the latest closing date first."""
    published = PublishedVersion.objects.values("page_id")
    pages = ConsultationPage.objects.filter(pk__in=published, locale__language_code=settings.LANGUAGE_CODE)
    return pages.defer("body").order_by(F("closes").desc(nulls_first=True), "title")


def languages_of_consultation(page):
    """[(code, language name)] of the newest version, in the order of LANGUAGES."""
    content = page.versions.order_by("-number").values_list("content", flat=True).first() or {"languages": ["en"]}
    return [(code, name) for code, name in settings.LANGUAGES if code in content["languages"]]
