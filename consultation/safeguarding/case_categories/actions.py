"""The category of a case: what happened years ago has a clock and words of its own."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.safeguarding import states
from consultation.safeguarding.case_steps import add_sealed_note, find_due, lock_case, refresh_case
from consultation.safeguarding.models import CaseCategory, CaseNote, CaseState, TriageCase
from consultation.safeguarding.policies import READ_FIRST


@transaction.atomic
def set_category(*, case: TriageCase, by: Any, category: str, why: str, now: datetime | None = None) -> TriageCase:
    """Say that a case is of a category, or of none. A running clock may get shorter, never longer."""
    fresh, now = lock_case(case, by), now or timezone.now()
    require_words(why)
    if fresh.state == CaseState.CLOSED or category not in ("", *CaseCategory.values):
        raise NotAllowed("Open the case again first.")
    refuse_for(READ_FIRST if fresh.category and not category and fresh.is_unread_by(by) else "")
    fresh.category = category
    if fresh.state in states.RUNNING_CLOCK:
        fresh.due_at = min(fresh.due_at, find_due(fresh, fresh.opened_at))
    fresh.save(update_fields=["category", "due_at"])
    add_sealed_note(fresh, by, CaseNote.Kind.NOTE, why, now)
    record_event("triage category set", by=by, obj=fresh)
    return refresh_case(case)
