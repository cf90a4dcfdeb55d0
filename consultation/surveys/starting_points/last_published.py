"""Consultations as they were last published, without later unpublished edits."""

import json
from collections.abc import Iterable, Sequence

from wagtail.models import PageLogEntry, Revision

from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.block_copies import RawBlock


def last_published_page(page: ConsultationPage) -> ConsultationPage:
    """The page as last published.

    An unpublished page's own fields hold later edits, so its content comes from its last published revision.
    """
    found = _find_last_published([page])
    return page.with_content_json(found[page.pk].content) if found else page


def last_published_blocks(pages: Sequence[ConsultationPage]) -> dict[int, Sequence[RawBlock]]:
    """{page id: raw blocks} of many pages, with two queries for all unpublished ones."""
    found = {pk: json.loads(revision.content["body"]) for pk, revision in _find_last_published(pages).items()}
    return {page.pk: found.get(page.pk, page.body.raw_data) for page in pages}


def _find_last_published(pages: Iterable[ConsultationPage]) -> dict[int, Revision]:
    """{page id: last published revision} of the unpublished pages."""
    down = [page.pk for page in pages if not page.live]
    if not down:
        return {}
    entries = PageLogEntry.objects.filter(page__in=down, action="wagtail.publish", revision__isnull=False)
    newest = dict(entries.order_by("timestamp", "pk").values_list("page_id", "revision_id"))
    revisions = Revision.objects.in_bulk(newest.values())
    return {pk: revisions[revision] for pk, revision in newest.items()}
