"""Imports into a closed survey. They can be right, such as paper typed late, but readers have gone home, and an
officer may have closed free text for a reason: so the importing reader confirms it, and readers and officers are told.
"""

from typing import Any

from consultation.access import list_people_with
from consultation.audit.audit_log import record_event
from consultation.channels.imports.models import AnswerImport
from consultation.notifications.notify import notify_all
from consultation.reading.staffing import reader_coverage
from consultation.surveys.immediate_closure import find_immediate_closure
from consultation.surveys.models import ConsultationPage
from consultation.surveys.schedule.late_answers import BROUGHT

OFFICER_PERMISSION = "consultation.edit_consultation"


def explain_why_closed(page: ConsultationPage) -> str:
    """Why the survey accepts no answers, for the reader; "" for an open one."""
    if not page.is_open():
        stopped = find_immediate_closure(page)
        why = f" Why: “{stopped.data['reason'].rstrip('.')}”." if stopped else ""
        return f"This survey takes no answers now. {page.state.says}{why}"
    if page.free_text_closed:
        return "The boxes for words of this survey were closed at once."
    return ""


def record_late_import(source: AnswerImport, by: Any) -> None:
    """Record the late import for the officers' schedule page, in the request's transaction."""
    found = source.found
    record_event(BROUGHT, by=by, obj=source.page, people=found["people"], texts=found["texts"])


def alert_readers_and_officers() -> int:
    """Send readers and officers the usual "item waiting" alert. Returns how many were told."""
    officers = list_people_with(OFFICER_PERMISSION).values_list("email", flat=True)
    readers = reader_coverage.list_reachable_readers().values_list("email", flat=True)
    return len(notify_all(sorted({*officers, *readers})))
