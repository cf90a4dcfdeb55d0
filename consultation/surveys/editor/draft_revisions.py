"""The revisions of a page, with their publication status, for comparing two of them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import PageLogEntry


@dataclass(frozen=True)
class DraftRevision:
    revision: Any
    published: bool
    live: bool
    newest: bool

    @property
    def name(self) -> str:
        what = ", live now" if self.live else ", was published" if self.published else ""
        at = timezone.localtime(self.revision.created_at)
        return f"{at:%-d %B %Y, %H:%M}{', newest draft' if self.newest else ''}{what}"


def list_draft_revisions(page: Any) -> list[DraftRevision]:
    """All revisions, newest first. There may be hundreds, so their content is loaded for the compared ones only."""
    published = set(
        PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").values_list("revision_id", flat=True)
    )
    return [
        DraftRevision(one, one.pk in published, one.pk == page.live_revision_id, one.pk == page.latest_revision_id)
        for one in page.revisions.select_related("user").defer("content").order_by("-created_at", "-pk")
    ]


def choose_revision_pair(
    page: Any, kept: list[DraftRevision], first: str | None, second: str | None
) -> tuple[DraftRevision, DraftRevision] | None:
    """(older, newer) of the requested revisions. Default: the live or previous one, and the newest."""
    if len(kept) < 2:
        return None
    to = _find_requested(kept, second) or kept[0]
    before = next((one for one in kept if one.live and one is not to), None)
    from_ = _find_requested(kept, first) or before or next(one for one in kept if one is not to)
    older, newer = sorted((from_, to), key=kept.index, reverse=True)
    return older, newer


def _find_requested(kept: list[DraftRevision], wanted: str | None) -> DraftRevision | None:
    named = {"latest": kept[0], "earliest": kept[-1], "live": next((one for one in kept if one.live), None)}
    return (named | {str(one.revision.pk): one for one in kept}).get(wanted or "")
