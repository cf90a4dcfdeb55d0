"""Publishes pages, and takes news down, on schedule, each in its own transaction.

In Wagtail's own command the first page that raises stops all later ones; a bad page must not keep a survey from
opening. News alone expires: a survey is stopped with a reason, and links lead to every other page.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from cms.site.news.models import NewsPage
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import notify
from consultation.safeguarding.duty_rota import lead_rota
from consultation.surveys.approval_rules import find_publisher

FAILED_VERB = "scheduled page broke"
logger = logging.getLogger(__name__)


def publish_and_expire_due() -> int:
    """Sweep; returns the number of moved pages. A page that raises stays as it was; its people are alerted daily."""
    now = timezone.now()
    over = NewsPage.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    downs = sum(_run_isolated(page, None) for page in list(over))
    return downs + sum(_run_isolated(revision.content_object, revision) for revision in list(due))


def _run_isolated(page: Any, revision: Revision | None) -> bool:
    """Publish the revision, or expire the page without one, in a transaction; returns whether it succeeded."""
    try:
        with transaction.atomic():
            if revision is None:
                page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            else:
                revision.publish(log_action="wagtail.publish.scheduled")
        return True
    except Exception as error:  # any failure: the next page must still move
        logger.error("page %s could not be moved on its date: %s", getattr(page, "pk", ""), type(error).__name__)
        _alert_responsible_people(page, revision, type(error).__name__)
        return False


def _alert_responsible_people(page: Any, revision: Revision | None, kind: str) -> None:
    """Alert the owner, the publisher, and the lead and backup on duty; a failing mailbox does not stop the rest."""
    alerts = AuditEntry.objects.filter(verb=FAILED_VERB, day=str(timezone.localdate()))
    if page is None or alerts.filter(object_type=page._meta.model_name, object_id=str(page.pk)).exists():
        return
    record_event(FAILED_VERB, obj=page, error=kind)
    duty = lead_rota.find_current_duty()
    people = [page.owner, find_publisher(revision or page.latest_revision), duty.lead, duty.backup]
    for address in {person.email for person in people if person is not None and person.is_active and person.email}:
        notify(address)
