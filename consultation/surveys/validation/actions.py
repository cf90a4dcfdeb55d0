"""Overriding a blocking finding and taking that back: a named person gives a reason, and the audit log records it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation.findings import PlacedFinding, build_findings_report
from consultation.surveys.validation.models import LetThrough
from consultation.surveys.validation.policies import may_override

LEAST_WORDS = 3
MORE_WORDS = "Say why in three words or more, without names."
GONE = "This was not found any more: the words have changed."
NOT_YOURS = "You cannot let this through."
ALREADY = "This was let through already."


@transaction.atomic
def override_finding(*, page: ConsultationPage, digest: str, reason: str, by: Any) -> LetThrough:
    """Override the finding with this digest in the newest draft, until its text changes."""
    page, found = _find_locked(page, digest)
    if found is None:
        raise NotAllowed(GONE)
    if found.override is not None:
        raise NotAllowed(ALREADY)
    linter, spot = found.finding.linter, found.finding.spot
    if not may_override(by, linter):
        raise NotAllowed(NOT_YOURS)
    reason = " ".join(reason.split())[:200]
    if len(reason.split()) < LEAST_WORDS:
        raise NotAllowed(MORE_WORDS)
    made = LetThrough.objects.create(
        page=page, linter=linter.key, digest=digest, reason=reason, by=by, day=timezone.localdate()
    )
    record_event(linter.verb, by=by, obj=page, check=linter.key, block=spot.block, field=spot.field, reason=reason)
    return made


@transaction.atomic
def take_back_override(*, page: ConsultationPage, digest: str, by: Any) -> None:
    """Withdraw an override, so that the finding blocks the draft again."""
    page, found = _find_locked(page, digest)
    if found is None or found.override is None:
        raise NotAllowed(GONE)
    linter, spot = found.finding.linter, found.finding.spot
    if not may_override(by, linter):
        raise NotAllowed(NOT_YOURS)
    found.override.delete()
    record_event("override taken back", by=by, obj=page, check=linter.key, block=spot.block, field=spot.field)


def _find_locked(page: ConsultationPage, digest: str) -> tuple[ConsultationPage, PlacedFinding | None]:
    """Locks the page, so that the second of two concurrent users sees the override of the first."""
    locked = ConsultationPage.objects.select_for_update().get(pk=page.source.pk)
    return locked, build_findings_report(locked).get(digest)
