"""Consultations as people were asked them last: what was published, never a draft of somebody else's."""

import json
from collections.abc import Iterable, Sequence

from wagtail.models import PageLogEntry, Revision

from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.starting.copies import Raw


def as_asked(page: ConsultationPage) -> ConsultationPage:
    """The page as it was published last. A live page is that; one that was taken down keeps whatever was saved since in
    its own fields, so what people read is in the revision that was published."""
    found = _published_last([page])
    return page.with_content_json(found[page.pk].content) if found else page


def blocks_as_asked(pages: Sequence[ConsultationPage]) -> dict[int, Sequence[Raw]]:
    """{id: raw blocks} of many, in two queries however many were taken down."""
    found = {pk: json.loads(revision.content["body"]) for pk, revision in _published_last(pages).items()}
    return {page.pk: found.get(page.pk, page.body.raw_data) for page in pages}


def _published_last(pages: Iterable[ConsultationPage]) -> dict[int, Revision]:
    """Of those that were taken down."""
    down = [page.pk for page in pages if not page.live]
    if not down:
        return {}
    entries = PageLogEntry.objects.filter(page__in=down, action="wagtail.publish", revision__isnull=False)
    newest = dict(entries.order_by("timestamp", "pk").values_list("page_id", "revision_id"))
    revisions = Revision.objects.in_bulk(newest.values())
    return {pk: revisions[revision] for pk, revision in newest.items()}
