"""Ask for the digest, stop it, and the sweep that sends it."""

import logging
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.staff.planner_digest.digest_news import list_news, write_digest
from cms.staff.planner_digest.models import DigestReader
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.notifications.gateways import send_email
from consultation.notifications.models import NotificationChoice
from consultation.notifications.notify import is_quiet
from insights.access import VIEW_REPORTS

logger = logging.getLogger(__name__)


@transaction.atomic
def choose_digest(*, by: Any, wanted: bool) -> None:
    """What is on the pages already when it is asked for is no news."""
    require_permission(by, VIEW_REPORTS)
    if wanted:
        told = sorted(item.key for item in list_news(by, timezone.localdate()))
        DigestReader.objects.get_or_create(person=by, defaults={"told": told})
    else:
        DigestReader.objects.filter(person=by).delete()
    record_event("notification channels chosen", by=by)


def send_due_digests(now: datetime | None = None) -> int:
    """Sweep: send each due reader what is new to them. Returns how many messages left."""
    now = timezone.localtime(now or timezone.now())
    due = DigestReader.objects.due(now.date()).select_related("person")
    return sum(_send_digest(reader, now) for reader in due if _may_be_told(reader.person, now))


def _may_be_told(person: Any, now: datetime) -> bool:
    choice = NotificationChoice.objects.filter(person=person).first()
    allowed = bool(person.email) and person.has_perm(VIEW_REPORTS)
    return allowed and not (choice is not None and is_quiet(choice, now.time()))


def _send_digest(reader: DigestReader, now: datetime) -> bool:
    """Claims the message before it is sent, so that nothing is told twice; no transaction waits for the mail server."""
    items = [item for item in list_news(reader.person, now.date()) if item.key not in reader.told]
    if not items or not _record_told(
        reader, reader.told_on, now.date(), [*reader.told, *(item.key for item in items)]
    ):
        return False
    try:
        send_email(reader.person.email, write_digest(items))
    except OSError as error:
        logger.error("a digest was not sent: %s", type(error).__name__)
        _record_told(reader, now.date(), reader.told_on, reader.told)  # the next sweep tries again
        return False
    return True


def _record_told(reader: DigestReader, before: date | None, day: date | None, told: list[str]) -> bool:
    """False where another process has moved the row."""
    return bool(DigestReader.objects.filter(pk=reader.pk, told_on=before).update(told_on=day, told=told))
