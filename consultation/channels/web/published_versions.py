"""Lookups of the version that a visitor answers, cached in each process: a version's content never changes."""

import time
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError

from consultation.domain.process_cache import register_cache
from consultation.surveys.models import PublishedVersion

# Only the fields that public pages need: a query of all fields costs more than the rest of a visit.
PAGE_FIELDS = (
    "slug live opens closes feedback_date free_text_closed help_first code_only audience lowest_age highest_age"
)
VERSION_FIELDS = ("page", *(f"page__{name}" for name in PAGE_FIELDS.split()))


@lru_cache(maxsize=64)
def _load_content(version_id):
    return PublishedVersion.objects.values_list("content", flat=True).get(pk=version_id)


def _attach_content(version):
    if version is not None:
        version.content = _load_content(version.pk)
    return version


_current_versions: dict = {}
register_cache(_current_versions.clear)
register_cache(_load_content.cache_clear)


def find_current_version(slug):
    """The newest version of the live consultation with this slug, or None. An officer's change appears within
    PUBLISHED_SECONDS. Requests share the object: do not change it."""
    known, until = _current_versions.get(slug, (None, 0.0))
    if time.monotonic() < until:
        return known
    try:
        version = _attach_content(PublishedVersion.objects.only(*VERSION_FIELDS).for_slug(slug))
    except DatabaseError:  # away: a form that was opened can still be sent, and come back
        if known is None:
            raise
        version = known
    if version is not None:
        _current_versions[slug] = version, time.monotonic() + settings.PUBLISHED_SECONDS
    return version


def find_version_of_token(version_id, slug):
    """The version that a form token names, even after the page was changed or unpublished; None for another page's."""
    newest = find_current_version(slug)
    if newest is not None and newest.pk == version_id:
        return newest
    return _attach_content(_select_versions(slug).filter(pk=version_id).first())


def find_latest_version(slug):
    """The newest version of an unpublished consultation: a person whose form was still open gets their input back."""
    found = _select_versions(slug).filter(page__locale__language_code=settings.LANGUAGE_CODE)
    return _attach_content(found.order_by("-number").first())


def _select_versions(slug):
    return PublishedVersion.objects.only(*VERSION_FIELDS).select_related("page").filter(page__slug=slug)
