"""Sends officers e-mail reminders of answers that are due. The message says only that an item waits."""

import logging
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from cms.due.policies import must_remind, step_of
from consultation import handover
from consultation.audit.log import record
from consultation.audit.models import AuditEntry
from consultation.questionnaires.approval import publisher
from insights.results.current import clocks_of

REMINDED = "answer reminder"
MESSAGE = "item waiting"  # anyone may see a phone's screen
logger = logging.getLogger(__name__)


def remind(today: date | None = None) -> int:
    """Sweep: remind at 10, 5, 1 and 0 working days before an answer is due, then every five. Returns how many."""
    today = today or timezone.localdate()
    pages = {page.pk: page for page in handover.consultations()}
    clocks = clocks_of(pages.values(), today)
    return sum(_remind(pages[pk], clock, today) for pk, clock in clocks.items() if not clock.is_answered)


@transaction.atomic
def _remind(page: Any, clock: Any, today: date) -> bool:
    left = handover.working_days_until(clock.hoped if clock.hoped >= today else clock.due, today)
    if not must_remind(left, _reminded(page, clock)):
        return False
    record(REMINDED, obj=page, step=step_of(left), day=str(clock.hoped))
    addresses = _addresses(page)
    transaction.on_commit(lambda: _tell(addresses))
    return True


def _reminded(page: Any, clock: Any) -> list[int]:
    """Steps already sent for the current due day; a moved due day starts afresh."""
    seen = AuditEntry.objects.filter(verb=REMINDED, object_type="consultationpage", object_id=str(page.pk))
    return [data["step"] for data in seen.values_list("data", flat=True) if data.get("day") == str(clock.hoped)]


def _addresses(page: Any) -> list[str]:
    """The page's author and publisher; if neither is active, everyone who may publish an answer."""
    found = {person for person in (page.owner, publisher(page.live_revision)) if person and person.is_active}
    if not found:
        users = get_user_model().objects.filter(is_active=True)
        found = {user for user in users if user.has_perm("insights.publish_decision")}
    return sorted(person.email for person in found if person.email)


def _tell(addresses: list[str]) -> None:
    for address in addresses:
        try:
            send_mail(MESSAGE, MESSAGE, None, [address])
        except OSError as error:  # the task list shows it too
            logger.error("an officer was not reminded of an answer: %s", type(error).__name__)
