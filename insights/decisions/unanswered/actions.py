"""Dismiss an alert of newer evidence, with a stored reason."""

import hashlib
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.decisions.ledger_entries import append_ledger_entry
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.unanswered.contradicted_decisions import ContradictionAlert
from insights.decisions.unanswered.models import Dismissal


@transaction.atomic
def dismiss_alert(*, alert: ContradictionAlert, by: Any, reason: str, today: date | None = None) -> Dismissal:
    """Record why a decision stands although newer evidence contradicts it."""
    require_permission(by, may_draft_or_publish)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the decision stands."})
    place = {"decision": alert.decision, "release": alert.release, "theme_id": alert.theme_id}
    if Dismissal.objects.filter(**place).exists():
        raise ValidationError("Someone has dismissed it already.")
    made = Dismissal.objects.create(**place, reason=reason.strip(), by=by, day=today or timezone.localdate())
    said = hashlib.sha256(made.reason.encode()).hexdigest()
    data = {"release": alert.release.pk, "theme": made.theme.slug, "dismissal": made.pk, "reason": said}
    append_ledger_entry("newer evidence dismissed", alert.decision, by, **data)
    record_event("newer evidence dismissed", by=by, obj=alert.decision, release=alert.release.pk, theme=alert.theme_id)
    return made
