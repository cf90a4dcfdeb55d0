"""Actions on emergency access: open with a reason (all other leads are alerted at once), end, review."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.responses.vault import seal
from consultation.safeguarding import alerts, clocks
from consultation.safeguarding.actions import NotAllowed
from consultation.safeguarding.duty.hours import week
from consultation.safeguarding.emergency import policies
from consultation.safeguarding.emergency.models import EmergencyAccess, Verdict

OPENED = "break-glass access"


def _refuse(reason: str) -> None:
    if reason:
        raise NotAllowed(reason)


def _locked(access: EmergencyAccess) -> EmergencyAccess:
    found: EmergencyAccess = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
    return found


@transaction.atomic
def open_access(
    *, consultation: ConsultationPage, by: Any, reason: str, now: datetime | None = None
) -> EmergencyAccess:
    """Open the answers of one consultation for an hour. The other leads are alerted after commit, by day or night; if
    the mail server is down, the sweep tries again."""
    now = now or timezone.now()
    mine = EmergencyAccess.objects.open(now).filter(opened_by=by, consultation=consultation)
    _refuse(policies.may_open(reason=reason, has_one=mine.exists()))
    made: EmergencyAccess = EmergencyAccess.objects.create(
        consultation=consultation, opened_by=by, sealed_reason=seal(reason.strip()), opened_at=now,
        ends_at=now + policies.HOUR, due_at=clocks.first_read_due(now, week()),
    )  # fmt: skip
    record(OPENED, by=by, obj=made, consultation=consultation.pk)
    transaction.on_commit(partial(alerts.tell_at_once, made, now), robust=True)
    return made


@transaction.atomic
def give_back(*, access: EmergencyAccess, by: Any, now: datetime | None = None) -> None:
    """End the access before its hour is over."""
    fresh, now = _locked(access), now or timezone.now()
    _refuse(policies.may_use(opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, now=now))
    fresh.ends_at = now
    fresh.save(update_fields=["ends_at"])
    record("break-glass access given back", by=by, obj=fresh)
    access.refresh_from_db()


@transaction.atomic
def review(*, access: EmergencyAccess, by: Any, verdict: str, note: str, now: datetime | None = None) -> None:
    """Record a colleague's verdict, which cannot be changed later."""
    fresh, now = _locked(access), now or timezone.now()
    _refuse(
        policies.may_review(
            opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, reviewed=bool(fresh.verdict), note=note,
            now=now,
        )
    )  # fmt: skip
    fresh.verdict, fresh.sealed_review = Verdict(verdict), seal(note.strip())
    fresh.reviewed_by, fresh.reviewed_at = by, now
    fresh.save()
    record("break-glass access reviewed", by=by, obj=fresh, verdict=str(fresh.verdict))
    access.refresh_from_db()
