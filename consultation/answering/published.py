"""Lookups of the version that a visitor answers, cached in each process: a version's content never changes."""

import time
from functools import lru_cache

from django.conf import settings

from consultation.questionnaires.models import PublishedVersion

# Only the fields that public pages need: a query of all fields costs more than the rest of a visit.
OF_PAGE = "slug live opens closes feedback_date free_text_closed code_only audience lowest_age highest_age"
NEEDED = ("page", *(f"page__{name}" for name in OF_PAGE.split()))


@lru_cache(maxsize=64)
def _content(version_id):
    return PublishedVersion.objects.values_list("content", flat=True).get(pk=version_id)


def _with_content(version):
    if version is not None:
        version.content = _content(version.pk)
    return version


_recent: dict = {}


def current(slug):
    """The newest version of the live consultation with this slug, or None. An officer's change appears within
    PUBLISHED_SECONDS. Requests share the object: do not change it."""
    version, until = _recent.get(slug, (None, 0.0))
    if time.monotonic() >= until:
        version = _with_content(PublishedVersion.objects.only(*NEEDED).for_slug(slug))
        if version is not None:
            _recent[slug] = version, time.monotonic() + settings.PUBLISHED_SECONDS
    return version


def of_token(version_id, slug):
    """The version that a form token names, even after the page was changed or unpublished; None for another page's."""
    newest = current(slug)
    if newest is not None and newest.pk == version_id:
        return newest
    found = PublishedVersion.objects.only(*NEEDED).select_related("page").filter(pk=version_id, page__slug=slug)
    return _with_content(found.first())


def last(slug):
    """The newest version of an unpublished consultation: a person whose form was still open gets their input back."""
    found = PublishedVersion.objects.only(*NEEDED).select_related("page").filter(page__slug=slug)
    return _with_content(found.filter(page__locale__language_code=settings.LANGUAGE_CODE).order_by("-number").first())
