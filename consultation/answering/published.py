"""Which version a visitor answers. The content of a version never changes, so each process keeps it once read."""

from functools import lru_cache

from consultation.questionnaires.models import PublishedVersion

# Fields that the public pages do not need, and that cost the most to read.
HEAVY = ("content", "page__body")


@lru_cache(maxsize=64)
def _content(version_id):
    return PublishedVersion.objects.values_list("content", flat=True).get(pk=version_id)


def _with_content(version):
    if version is not None:
        version.content = _content(version.pk)
    return version


def current(slug):
    """The newest version of the live consultation with this slug, or None."""
    return _with_content(PublishedVersion.objects.defer(*HEAVY).for_slug(slug))


def of_token(version_id, slug):
    """The version that a form token names, also after the page was changed or taken down; None for another page's."""
    found = PublishedVersion.objects.defer(*HEAVY).select_related("page").filter(pk=version_id, page__slug=slug)
    return _with_content(found.first())
