"""Publish a progress note on a decision, with its ledger entry in the same transaction."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event as audit
from insights.access import require_allowed
from insights.decisions.actions import lock_decision
from insights.decisions.ledger_entries import append_ledger_entry, decision_entry_data, note_entry_data
from insights.decisions.models import Decision, DecisionStatus, Progress, ProgressNote


@transaction.atomic
def note_progress(
    *,
    decision: Decision,
    by: Any,
    progress: str,
    words: str,
    next_update: date | None = None,
    today: date | None = None,
) -> ProgressNote:
    """Add a public, dated note: progress, and the day of the next news. Earlier notes stay."""
    require_allowed(by.has_perm("insights.publish_decision"))
    today = today or timezone.localdate()
    decision = lock_decision(decision)
    if decision.status != DecisionStatus.PUBLISHED:
        raise ValidationError("Publish the decision first. Then say how it goes.")
    if not words.strip():
        raise ValidationError({"words": "Say in one or two short sentences how it goes."})
    ended = progress in (Progress.DONE, Progress.STOPPED)
    if next_update and next_update <= today:
        raise ValidationError({"next_update": "The day of the next news must be ahead."})
    if not ended and next_update is None:
        raise ValidationError({"next_update": "Say when there is news next. Only what is done or stopped needs none."})
    note = ProgressNote.objects.create(
        decision=decision, day=today, progress=progress, words={settings.LANGUAGE_CODE: words.strip()}, written_by=by
    )
    decision.progress, decision.next_update = progress, next_update
    decision.save(update_fields=["progress", "next_update"])
    append_ledger_entry("progress noted", decision, by, **note_entry_data(note))
    append_ledger_entry("changed", decision, by, **decision_entry_data(decision))
    audit("decision progress noted", by=by, obj=decision, progress=progress)
    return note
