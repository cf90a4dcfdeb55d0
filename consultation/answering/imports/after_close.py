"""Imports into a closed survey. They can be right, such as paper typed late, but readers have gone home, and an
officer may have closed free text for a reason: so the importing reader confirms it, and readers and officers are told.
"""

from typing import Any

from django.contrib.auth import get_user_model

from consultation.answering.imports.models import AnswerImport
from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.stopping.actions import closed_at_once
from consultation.questionnaires.timing.late_answers import BROUGHT
from consultation.reading.staffing import coverage
from consultation.safeguarding.alerts import tell

OFFICERS = "consultation.edit_consultation"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def why_closed(page: ConsultationPage) -> str:
    """Why the survey accepts no answers, for the reader; "" for an open one."""
    if not page.is_open():
        stopped = closed_at_once(page)
        if stopped is not None:
            return f"This survey was closed at once: “{stopped.data['reason'].rstrip('.')}”."
        return f"This survey closed on {page.closes:%-d %B %Y}." if page.closes else "This survey is not open."
    if page.free_text_closed:
        return "The boxes for words of this survey were closed at once."
    return ""


def note(source: AnswerImport, by: Any) -> None:
    """Record the late import for the officers' schedule page, in the request's transaction."""
    found = source.found
    record(BROUGHT, by=by, obj=source.page, people=found["people"], texts=found["texts"])


def tell_everyone() -> int:
    """Send readers and officers the usual "item waiting" alert. Returns how many were told."""
    officers = get_user_model().objects.with_perm(OFFICERS, backend=BACKEND).values_list("email", flat=True)
    readers = coverage.readers().values_list("email", flat=True)
    return sum(tell(address) for address in sorted({*officers, *readers}))
