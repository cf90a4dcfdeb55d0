"""Actions on withdrawn, unread texts: one lead reads each within a working day, then it is erased or becomes a case.

Texts are created by `safeguarding.actions.keep_withdrawn_text`.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation.access import NotAllowed, require_words
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.clocks import add_working_time
from consultation.safeguarding.duty_rota.absences import refuse_while_away
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import TriageCase, WithdrawnText

DECISION_TIME = timedelta(hours=2)


@transaction.atomic
def read_withdrawn_text(*, withdrawn: WithdrawnText, by: Any, now: datetime | None = None) -> str:
    """Open a withdrawn text. The first lead to open it, or to whom it was passed on, is its only reader; the text of a case
    is seen with the case."""
    refuse_while_away(by)
    waiting = WithdrawnText.objects.seen_by(by).filter(pk=withdrawn.pk, case__isnull=True)
    until = max(withdrawn.due, add_working_time(now or timezone.now(), DECISION_TIME, get_working_week()))
    unopened = waiting.filter(Q(read_by__isnull=True) | Q(read_by=by), keep_until__isnull=True)
    taken = unopened.update(read_by=by, keep_until=until)
    withdrawn.refresh_from_db()
    if not waiting.exists():
        raise NotAllowed("These words belong to an open case.")
    if not taken and withdrawn.read_by_id != by.pk:
        raise NotAllowed("A colleague reads these words.")
    record_event("withdrawn words viewed", by=by, obj=withdrawn)
    return open_sealed_text(withdrawn.sealed)


def _lock_read_text(withdrawn: WithdrawnText, by: Any, refused: str) -> WithdrawnText:
    """The text as it is now, for the lead who has read it: of two presses at once, the second finds what the first did."""
    found = WithdrawnText.objects.seen_by(by).select_for_update().filter(pk=withdrawn.pk, read_by=by).first()
    if found is None:
        raise NotAllowed(refused)
    return cast(WithdrawnText, found)


@transaction.atomic
def erase_withdrawn_text(*, withdrawn: WithdrawnText, by: Any) -> None:
    """Erase the text: the duty to tell does not apply."""
    fresh = _lock_read_text(withdrawn, by, "Read the words before you erase them.")
    if fresh.case_id is not None:
        raise NotAllowed("These words belong to an open case. They go when it is closed.")
    record_event("withdrawn words erased", by=by, obj=fresh)
    fresh.delete()


@transaction.atomic
def open_case_from_withdrawn(
    *, withdrawn: WithdrawnText, by: Any, priority: str, why: str, agency: KnownAgency | None = None
) -> TriageCase:
    """The duty to tell applies: open a case without an answer, which keeps the text until it is closed."""
    fresh = _lock_read_text(withdrawn, by, "Read the words before you decide.")
    require_words(why)
    if fresh.case_id is not None:
        raise NotAllowed("These words have a case already.")
    case = open_case(answer=None, by=by, priority=priority, why=why, agency=agency)
    fresh.case, fresh.agency = case, case.agency
    fresh.save(update_fields=["case", "agency"])
    return case


@transaction.atomic
def erase_read_withdrawn_texts(now: datetime | None = None) -> int:
    """Sweep: erase texts that were read, have no case and are past `keep_until`. Returns their number."""
    over = WithdrawnText.objects.filter(read_by__isnull=False, case__isnull=True, keep_until__lt=now or timezone.now())
    keys = list(over.select_for_update().values_list("pk", flat=True))  # one that becomes a case meanwhile stays
    if keys:
        WithdrawnText.objects.filter(pk__in=keys).delete()
        record_event("withdrawn words erased", count=len(keys))
    return len(keys)
