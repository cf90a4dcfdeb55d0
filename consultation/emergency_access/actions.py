"""Actions on emergency access: open with a reason (all other leads are alerted at once), end, review."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.emergency_access import policies
from consultation.emergency_access.models import EmergencyAccess, EmergencyVerdict
from consultation.responses.vault import seal_text
from consultation.safeguarding import alerts, clocks
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.surveys.models import ConsultationPage

OPENED_EVENT = "break-glass access"


def _refuse_if(reason: str) -> None:
    if reason:
        raise NotAllowed(reason)


def _lock_access(access: EmergencyAccess) -> EmergencyAccess:
    found: EmergencyAccess = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
    return found


@transaction.atomic
def open_emergency_access(
    *, consultation: ConsultationPage, by: Any, reason: str, now: datetime | None = None
) -> EmergencyAccess:
    """Open the answers of one consultation for an hour. The other leads are alerted after commit, by day or night; if
    the mail server is down, the sweep tries again."""
    now = now or timezone.now()
    mine = EmergencyAccess.objects.open(now).filter(opened_by=by, consultation=consultation)
    _refuse_if(policies.may_open_access(reason=reason, has_one=mine.exists()))
    made: EmergencyAccess = EmergencyAccess.objects.create(
        consultation=consultation, opened_by=by, sealed_reason=seal_text(reason.strip()), opened_at=now,
        ends_at=now + policies.ACCESS_TIME, due_at=clocks.first_read_due(now, get_working_week()),
    )  # fmt: skip
    record_event(OPENED_EVENT, by=by, obj=made, consultation=consultation.pk)
    transaction.on_commit(partial(alerts.alert_emergency_at_once, made, now), robust=True)
    return made


@transaction.atomic
def end_emergency_access(*, access: EmergencyAccess, by: Any, now: datetime | None = None) -> None:
    """End the access before its hour is over."""
    fresh, now = _lock_access(access), now or timezone.now()
    _refuse_if(policies.may_use_access(opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, now=now))
    fresh.ends_at = now
    fresh.save(update_fields=["ends_at"])
    record_event("break-glass access given back", by=by, obj=fresh)
    access.refresh_from_db()


@transaction.atomic
def review_emergency_access(
    *, access: EmergencyAccess, by: Any, verdict: str, note: str, now: datetime | None = None
) -> None:
    """Record a colleague's verdict, which cannot be changed later."""
    fresh, now = _lock_access(access), now or timezone.now()
    _refuse_if(
        policies.may_review_access(
            opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, reviewed=bool(fresh.verdict), note=note,
            now=now,
        )
    )  # fmt: skip
    fresh.verdict, fresh.sealed_review = EmergencyVerdict(verdict), seal_text(note.strip())
    fresh.reviewed_by, fresh.reviewed_at = by, now
    fresh.save()
    record_event("break-glass access reviewed", by=by, obj=fresh, verdict=str(fresh.verdict))
    access.refresh_from_db()
