"""Sends officers e-mail reminders of answers that are due. The message says only that an item waits."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cms.staff.task_list.policies import must_remind, reminder_step
from consultation import handover
from consultation.audit.audit_log import record_event
from consultation.audit.models import AuditEntry
from consultation.notifications.notify import notify_all
from consultation.surveys.approval_rules import find_publisher
from insights.publications.answer_clock_lookup import answer_clocks_of

REMINDED = "answer reminder"


def remind_of_due_answers(today: date | None = None) -> int:
    """Sweep: remind at 10, 5, 1 and 0 working days before an answer is due, then every five. Returns how many."""
    today = today or timezone.localdate()
    pages = {page.pk: page for page in handover.list_consultations()}
    clocks = answer_clocks_of(pages.values(), today)
    return sum(_remind_of_answer(pages[pk], clock, today) for pk, clock in clocks.items() if not clock.is_answered)


@transaction.atomic
def _remind_of_answer(page: Any, clock: Any, today: date) -> bool:
    left = handover.working_days_until(clock.hoped if clock.hoped >= today else clock.due, today)
    if not must_remind(left, _reminded_steps(page, clock)):
        return False
    record_event(REMINDED, obj=page, step=reminder_step(left), day=str(clock.hoped))
    addresses = _recipient_addresses(page)
    transaction.on_commit(lambda: notify_all(addresses))
    return True


def _reminded_steps(page: Any, clock: Any) -> list[int]:
    """Steps already sent for the current due day; a moved due day starts afresh."""
    seen = AuditEntry.objects.filter(verb=REMINDED, object_type="consultationpage", object_id=str(page.pk))
    return [data["step"] for data in seen.values_list("data", flat=True) if data.get("day") == str(clock.hoped)]


def _recipient_addresses(page: Any) -> list[str]:
    """The page's author and publisher; if neither is active, everyone who may publish an answer."""
    found = {person for person in (page.owner, find_publisher(page.live_revision)) if person and person.is_active}
    if not found:
        users = get_user_model().objects.filter(is_active=True)
        found = {user for user in users if user.has_perm("insights.publish_decision")}
    return sorted(person.email for person in found if person.email)
