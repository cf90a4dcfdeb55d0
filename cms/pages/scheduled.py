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

from consultation.audit.log import record
from consultation.audit.models import AuditEntry
from consultation.questionnaires.approval import publisher
from consultation.safeguarding.alerts import tell
from consultation.safeguarding.duty import rota

BROKE = "scheduled page broke"
logger = logging.getLogger(__name__)


def move_due() -> int:
    """Sweep; returns the number of moved pages. A page that raises stays as it was; its people are alerted daily."""
    now = timezone.now()
    over = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    downs = [_alone(page, None, _take_down(page)) for page in list(over)]
    return sum(downs) + sum(_alone(revision.content_object, revision, _put_up(revision)) for revision in list(due))


def _take_down(page: Page) -> Callable[[], Any]:
    return lambda: page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _put_up(revision: Revision) -> Callable[[], Any]:
    return lambda: revision.publish(log_action="wagtail.publish.scheduled")


def _alone(page: Any, revision: Revision | None, move: Callable[[], Any]) -> bool:
    """Run `move` in a transaction; returns whether it succeeded."""
    try:
        with transaction.atomic():
            move()
        return True
    except Exception as error:  # any failure: the next page must still move
        logger.error("page %s could not be moved on its date: %s", getattr(page, "pk", ""), type(error).__name__)
        _tell_its_people(page, revision, type(error).__name__)
        return False


def _tell_its_people(page: Any, revision: Revision | None, kind: str) -> None:
    """Alert the owner, the publisher, and the lead and backup on duty; a failing mailbox does not stop the rest."""
    if page is None or _told_today(page):
        return
    record(BROKE, obj=page, error=kind)
    duty = rota.on_duty()
    people = [page.owner, publisher(revision or page.latest_revision), duty.lead, duty.backup]
    for address in {person.email for person in people if person is not None and person.is_active and person.email}:
        tell(address)


def _told_today(page: Any) -> bool:
    today = str(timezone.localdate())
    kind = page._meta.model_name
    return bool(AuditEntry.objects.filter(verb=BROKE, object_type=kind, object_id=str(page.pk), day=today).exists())
