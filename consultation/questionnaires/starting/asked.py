"""Consultations as they were last published, without later unpublished edits."""

import json
from collections.abc import Iterable, Sequence

from wagtail.models import PageLogEntry, Revision

from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.starting.copies import Raw


def as_asked(page: ConsultationPage) -> ConsultationPage:
    """The page as last published.

    An unpublished page's own fields hold later edits, so its content comes from its last published revision.
    """
    found = _published_last([page])
    return page.with_content_json(found[page.pk].content) if found else page


def blocks_as_asked(pages: Sequence[ConsultationPage]) -> dict[int, Sequence[Raw]]:
    """{page id: raw blocks} of many pages, with two queries for all unpublished ones."""
    found = {pk: json.loads(revision.content["body"]) for pk, revision in _published_last(pages).items()}
    return {page.pk: found.get(page.pk, page.body.raw_data) for page in pages}


def _published_last(pages: Iterable[ConsultationPage]) -> dict[int, Revision]:
    """{page id: last published revision} of the unpublished pages."""
    down = [page.pk for page in pages if not page.live]
    if not down:
        return {}
    entries = PageLogEntry.objects.filter(page__in=down, action="wagtail.publish", revision__isnull=False)
    newest = dict(entries.order_by("timestamp", "pk").values_list("page_id", "revision_id"))
    revisions = Revision.objects.in_bulk(newest.values())
    return {pk: revisions[revision] for pk, revision in newest.items()}
