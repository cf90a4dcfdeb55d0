"""Pages whose time has come go live, and those whose time is over come down: each by itself.

Wagtail's own command does them in one loop, and the first page that raises stops all that come after it. One bad page
must not keep a survey from closing.
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
    """Sweep: how many pages went live or came down. One that raises stays as it was, and its people are told once a day."""
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
    """Whether it was moved, all of it or nothing."""
    try:
        with transaction.atomic():
            move()
        return True
    except Exception as error:  # whatever it is, the next page is not to blame
        logger.error("page %s could not be moved on its date: %s", getattr(page, "pk", ""), type(error).__name__)
        _tell_its_people(page, revision, type(error).__name__)
        return False


def _tell_its_people(page: Any, revision: Revision | None, kind: str) -> None:
    """Its owner, who approved it, and the lead and backup of the day; a mailbox that is full keeps nobody from it."""
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
