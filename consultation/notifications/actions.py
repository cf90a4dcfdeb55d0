"""Choosing how one is told."""

from typing import Any

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.notifications.models import NotificationChoice


@transaction.atomic
def choose_channels(*, by: Any, **chosen: Any) -> NotificationChoice:
    """Set the person's own channels and quiet hours. The audit log keeps that they were set, not the number."""
    choice, _ = NotificationChoice.objects.update_or_create(person=by, defaults=chosen)
    record_event("notification channels chosen", by=by)
    return choice
