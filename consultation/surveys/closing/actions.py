"""Closing free text or a whole survey at once, when too many or harmful texts come in.

Respondents who have the form open can still send it: their answers are stored and read.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.surveys.immediate_closure import CLOSED_AT_ONCE, OPENED_AGAIN, PUBLIC_REASONS, find_immediate_closure
from consultation.surveys.models import ConsultationPage


def _lock_page(page: ConsultationPage, reason: str) -> ConsultationPage:
    if not reason.strip():
        raise NotAllowed("Say why, in a few words and without names.")
    found: ConsultationPage = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    return found


def update_page_and_drafts(page: ConsultationPage, **fields: Any) -> None:
    """Set fields on the live page, the newest draft and any scheduled revision, or the next publication would undo it.

    A scheduled revision that would close before it opens is unscheduled: nobody could answer it, and Wagtail would fail
    to publish it each minute.
    """
    ConsultationPage.objects.filter(pk=page.pk).update(**fields)
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    for draft in page.revisions.filter(Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)):
        draft.content |= plain
        opens, closes = draft.content.get("opens"), draft.content.get("closes")
        if opens and closes and closes < opens:
            draft.approved_go_live_at = None
        draft.save(update_fields=["content", "approved_go_live_at"])


@transaction.atomic
def set_free_text_closed(*, page: ConsultationPage, by: Any, closed: bool, reason: str) -> None:
    """Remove all free-text boxes from the survey, or restore them. Closed questions stay open."""
    fresh = _lock_page(page, reason)
    if fresh.free_text_closed == closed:
        raise NotAllowed("That was done already.")
    update_page_and_drafts(fresh, free_text_closed=closed)
    record_event(
        "free text closed at once" if closed else "free text opened again", by=by, obj=fresh, reason=reason.strip()
    )


@transaction.atomic
def close_survey(*, page: ConsultationPage, by: Any, reason: str, said: str = "") -> None:
    """Close the survey to new respondents now, by setting its last day to yesterday.

    `reason` is for the audit log; `said`, of PUBLIC_REASONS, is what everyone reads.
    """
    if said and said not in PUBLIC_REASONS:
        raise NotAllowed("Choose what people read about it.")
    fresh, today = _lock_page(page, reason), timezone.localdate()
    if not fresh.is_open(today):
        raise NotAllowed("It is not open.")
    before = fresh.closes
    update_page_and_drafts(fresh, closes=today - timedelta(days=1))
    record_event(CLOSED_AT_ONCE, by=by, obj=fresh, reason=reason.strip(), said=said, until=str(before or ""))


@transaction.atomic
def reopen_survey(*, page: ConsultationPage, by: Any, reason: str) -> None:
    """Undo an immediate closure by restoring the last day. It needs no approval, because no question changes."""
    fresh = _lock_page(page, reason)
    entry = find_immediate_closure(fresh)
    if entry is None:
        raise NotAllowed("It was not closed at once. Set a new date in the editor.")
    until = date.fromisoformat(entry.data["until"]) if entry.data["until"] else None
    if until is not None and until < timezone.localdate():
        raise NotAllowed("Its last day has passed. Set a new date in the editor.")
    update_page_and_drafts(fresh, closes=until)
    record_event(OPENED_AGAIN, by=by, obj=fresh, reason=reason.strip())
