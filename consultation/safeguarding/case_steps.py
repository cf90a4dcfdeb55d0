"""Steps that every action on a case is made of: lock, check, move, note. The caller holds the transaction."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from consultation.access import refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.responses.vault import seal_text
from consultation.safeguarding import clocks, policies
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import CaseNote, CaseState, TriageCase


def lock_case(case: TriageCase, by: Any) -> TriageCase:
    """The case as it is now; DoesNotExist for a lead who may not see it."""
    found: TriageCase = TriageCase.objects.seen_by(by).select_for_update().get(pk=case.pk)
    return found


def refresh_case(case: TriageCase) -> TriageCase:
    """The caller's own instance, refreshed."""
    case.refresh_from_db()
    return case


def add_sealed_note(case: TriageCase, by: Any, kind: str, text: str, now: datetime | None = None) -> None:
    if text.strip():
        CaseNote.objects.create(
            case=case, author=by, kind=kind, sealed=seal_text(text.strip()), written_at=now or timezone.now()
        )


def find_due(case: TriageCase, start: datetime) -> datetime:
    """When a case is due that began at this moment, by its priority and its category."""
    return clocks.case_due_at(case.priority, start, get_working_week(), non_recent=case.is_non_recent)


def explain_move(case: TriageCase, to: str, by: Any) -> str:
    """Why this lead may not move the case now; empty when they may."""
    return policies.may_move(
        state=case.state, to=to, priority=case.priority, claimed_by=case.claimed_by_id,
        first_view_by=case.first_view_by_id, by=by.pk, unread=case.is_unread_by(by),
    )  # fmt: skip


def check_move(case: TriageCase, to: str, by: Any) -> None:
    refuse_for(explain_move(case, to, by))


def make_move(case: TriageCase, to: str, by: Any, reason: str, now: datetime) -> None:
    """Move a locked case, and remember who gave the first and the second view."""
    check_move(case, to, by)
    if policies.must_say_why(state=case.state, to=to, is_own=case.claimed_by_id == by.pk):
        require_words(reason, "Say why, for whoever looks next.")
    before, case.state, case.moved_at = case.state, to, now
    if to == CaseState.SECOND_VIEW:
        case.first_view_by = by
    elif to == CaseState.NEW:
        case.claimed_by, case.alerted = None, 0  # who is on duty hears of it anew
    elif before == CaseState.SECOND_VIEW and case.first_view_by_id != by.pk:
        case.second_view_by = by
    case.save()
    record_event("triage transition", by=by, obj=case, before=before, after=to)
