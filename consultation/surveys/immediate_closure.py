"""What is known of a survey that was closed at once: its audit entry, the true day, the reason that everyone may read.

Closing at once sets the last day to the day before, so the page alone would tell a wrong day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model

from consultation.audit.models import AuditEntry

CLOSED_AT_ONCE, OPENED_AGAIN = "survey closed at once", "survey opened again"
# What people read about it: the choice in words for staff. Each has an interface text `closed.why.…`.
PUBLIC_REASONS = {
    "many": "More came in than we could read with care.",
    "fault": "Something in it was wrong. That is our fault.",
    "safe": "To keep people safe.",
    "done": "We now know what we needed to know.",
}


def find_immediate_closures(pages: Iterable[Any]) -> dict[int, AuditEntry]:
    """{page id: audit entry of its immediate closure}, without those that were given another last day since."""
    known = {str(page.pk): page for page in pages if page.closes}
    entries = AuditEntry.objects.filter(
        object_type="consultationpage", object_id__in=known, verb__in=[CLOSED_AT_ONCE, OPENED_AGAIN]
    )
    newest = {entry.object_id: entry for entry in entries.order_by("seq")}
    return {
        known[key].pk: entry
        for key, entry in newest.items()
        if entry.verb == CLOSED_AT_ONCE and str(known[key].closes + timedelta(days=1)) == entry.day
    }


def find_immediate_closure(page: Any) -> AuditEntry | None:
    return find_immediate_closures([page]).get(page.pk)


def name_public_reason(at_once: AuditEntry | None) -> str:
    """The key of the interface text that says why it was closed at once; "" for one that closed on its last day."""
    said = at_once.data.get("said", "") if at_once else ""
    return f"closed.why.{said}" if said in PUBLIC_REASONS else ""


@dataclass(frozen=True)
class StaffReason:
    """Why somebody of staff stopped it, in the words that they wrote for colleagues."""

    why: str
    by: Any


def find_staff_reason(page: Any) -> StaffReason | None:
    """None for a consultation that nobody stopped, or that was given another last day since."""
    entry = find_immediate_closure(page)
    if entry is None:
        return None
    return StaffReason(entry.data.get("reason", ""), get_user_model().objects.filter(pk=entry.actor or None).first())
