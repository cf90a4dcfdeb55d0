"""Publishes and expires pages on schedule, each in its own transaction.

In Wagtail's own command the first page that raises stops all later ones; a bad page must not keep a survey from
closing.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.safeguarding.alerts import send_alert
from consultation.safeguarding.duty_rota import lead_rota
from consultation.surveys.approval_rules import find_publisher

FAILED_VERB = "scheduled page broke"
logger = logging.getLogger(__name__)


def publish_and_expire_due() -> int:
    """Sweep; returns the number of moved pages. A page that raises stays as it was; its people are alerted daily."""
    now = timezone.now()
    over = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    downs = [_run_isolated(page, None, _build_unpublish(page)) for page in list(over)]
    return sum(downs) + sum(
        _run_isolated(revision.content_object, revision, _build_publish(revision)) for revision in list(due)
    )


def _build_unpublish(page: Page) -> Callable[[], Any]:
    return lambda: page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _build_publish(revision: Revision) -> Callable[[], Any]:
    return lambda: revision.publish(log_action="wagtail.publish.scheduled")


def _run_isolated(page: Any, revision: Revision | None, move: Callable[[], Any]) -> bool:
    """Run `move` in a transaction; returns whether it succeeded."""
    try:
        with transaction.atomic():
            move()
        return True
    except Exception as error:  # any failure: the next page must still move
        logger.error("page %s could not be moved on its date: %s", getattr(page, "pk", ""), type(error).__name__)
        _alert_responsible_people(page, revision, type(error).__name__)
        return False


def _alert_responsible_people(page: Any, revision: Revision | None, kind: str) -> None:
    """Alert the owner, the publisher, and the lead and backup on duty; a failing mailbox does not stop the rest."""
    if page is None or _was_alerted_today(page):
        return
    record_event(FAILED_VERB, obj=page, error=kind)
    duty = lead_rota.find_current_duty()
    people = [page.owner, find_publisher(revision or page.latest_revision), duty.lead, duty.backup]
    for address in {person.email for person in people if person is not None and person.is_active and person.email}:
        send_alert(address)


def _was_alerted_today(page: Any) -> bool:
    today = str(timezone.localdate())
    kind = page._meta.model_name
    return bool(
        AuditEntry.objects.filter(verb=FAILED_VERB, object_type=kind, object_id=str(page.pk), day=today).exists()
    )
