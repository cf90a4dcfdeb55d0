"""Actions on emergency access: open with a reason (all other leads are alerted at once), use, end, review.

While it is open, its lead searches answers, opens a text, or brings an answer to triage. Opening a text and bringing it
to triage are audited both with the answer and with the access, for its reviewer.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.emergency_access import reachable_answers
from consultation.emergency_access.models import EmergencyAccess, EmergencyQuerySet, EmergencyVerdict
from consultation.reading.actions import call_back_to_triage
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.safeguarding import alerts, clocks
from consultation.safeguarding.actions import open_case
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import TriageCase
from consultation.surveys.models import ConsultationPage

OPENED_EVENT = "break-glass access"
ACCESS_TIME = timedelta(hours=1)
MIN_REASON_LENGTH = 20  # letters of a reason: "emergency" alone does not help the reviewer


def may_open_access(*, reason: str, has_one: bool) -> str:
    """Why emergency access may not be opened, as a message for the lead; empty when it may."""
    if len(reason.strip()) < MIN_REASON_LENGTH:
        return "Say what has happened, and why it cannot wait for a reader."
    return "You have this consultation open already." if has_one else ""


def may_use_access(*, opened_by: int, by: int, ends_at: datetime, now: datetime) -> str:
    """Why answers may not be opened with it; empty when they may. Only its opener may, within the hour."""
    if opened_by != by:
        return "A colleague has this emergency access. Only they can open answers with it."
    return "" if now < ends_at else "The hour is over. If it is still an emergency, open it again and say why."


def may_review_access(*, opened_by: int, by: int, ends_at: datetime, reviewed: bool, note: str, now: datetime) -> str:
    """Why it may not be reviewed; empty when it may. Nobody reviews their own access."""
    if opened_by == by:
        return "You opened it. A colleague reviews it."
    if now < ends_at:
        return "It is still open. Review it when it is over."
    if reviewed:
        return "A colleague has reviewed it already."
    return "" if note.strip() else "Say what you found."


def _lock_access(access: EmergencyAccess) -> EmergencyAccess:
    found: EmergencyAccess = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
    return found


@transaction.atomic
def open_emergency_access(
    *, consultation: ConsultationPage, by: Any, reason: str, now: datetime | None = None
) -> EmergencyAccess:
    """Open the answers of one consultation for an hour. The other leads are alerted after commit, by day or night; if
    the mail server is down, the sweep tries again."""
    now = now or timezone.now()
    mine = EmergencyAccess.objects.open(now).filter(opened_by=by, consultation=consultation)
    refuse_for(may_open_access(reason=reason, has_one=mine.exists()))
    made: EmergencyAccess = EmergencyAccess.objects.create(
        consultation=consultation, opened_by=by, sealed_reason=seal_text(reason.strip()), opened_at=now,
        ends_at=now + ACCESS_TIME, due_at=clocks.first_read_due(now, get_working_week()),
    )  # fmt: skip
    record_event(OPENED_EVENT, by=by, obj=made, consultation=consultation.pk)
    transaction.on_commit(partial(alert_emergency_at_once, made, now), robust=True)
    return made


@transaction.atomic
def end_emergency_access(*, access: EmergencyAccess, by: Any, now: datetime | None = None) -> None:
    """End the access before its hour is over."""
    fresh, now = _lock_access(access), now or timezone.now()
    refuse_for(may_use_access(opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, now=now))
    fresh.ends_at = now
    fresh.save(update_fields=["ends_at"])
    record_event("break-glass access given back", by=by, obj=fresh)
    access.refresh_from_db()


@transaction.atomic
def review_emergency_access(
    *, access: EmergencyAccess, by: Any, verdict: str, note: str, now: datetime | None = None
) -> None:
    """Record a colleague's verdict, which cannot be changed later."""
    fresh, now = _lock_access(access), now or timezone.now()
    refuse_for(
        may_review_access(
            opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, reviewed=bool(fresh.verdict), note=note,
            now=now,
        )
    )  # fmt: skip
    fresh.verdict, fresh.sealed_review = EmergencyVerdict(verdict), seal_text(note.strip())
    fresh.reviewed_by, fresh.reviewed_at = by, now
    fresh.save()
    record_event("break-glass access reviewed", by=by, obj=fresh, verdict=str(fresh.verdict))
    access.refresh_from_db()


def check_access(access: EmergencyAccess, by: Any, now: datetime | None = None) -> None:
    """Raises NotAllowed if this person may not use the access, or its time is over."""
    fresh = EmergencyAccess.objects.get(pk=access.pk)
    refuse_for(
        may_use_access(opened_by=fresh.opened_by_id, by=by.pk, ends_at=fresh.ends_at, now=now or timezone.now())
    )


def search_answers(
    *, access: EmergencyAccess, by: Any, words: str, now: datetime | None = None
) -> tuple[list[Answer], int]:
    """(answers that contain these words, number of answers searched). The words are not recorded, the numbers are.

    The search runs before the transaction: opening all answers of a large consultation takes seconds, and on SQLite
    would block submissions. Results are returned only after they are recorded.
    """
    check_access(access, by, now)
    found, looked = reachable_answers.search_answer_texts(reachable_answers.list_reachable_answers(access, by), words)
    with transaction.atomic():
        check_access(access, by, now)
        record_event("break-glass search", by=by, obj=access, looked=looked, found=len(found))
    return found, looked


def _get_reachable_answer(access: EmergencyAccess, answer: Answer, by: Any) -> Answer:
    found: Answer | None = reachable_answers.list_reachable_answers(access, by).filter(pk=answer.pk).first()
    if found is None:
        raise NotAllowed("This answer is not there any more.")
    if TriageCase.objects.filter(answer=found).exists():
        raise NotAllowed("This answer has a case. Its words are seen there.")
    return found


@transaction.atomic
def open_reachable_text(*, access: EmergencyAccess, answer: Answer, by: Any, now: datetime | None = None) -> str:
    """The text as it was sent. The answer does not change: a reader who has leased it goes on."""
    check_access(access, by, now)
    fresh = _get_reachable_answer(access, answer, by)
    words = open_sealed_text(fresh.sealed)
    record_event(reachable_answers.SEEN, by=by, obj=access, answer=str(fresh.pk))
    record_event("raw text viewed", by=by, obj=fresh, emergency=str(access.pk))
    return words


@transaction.atomic
def bring_to_triage(
    *, access: EmergencyAccess, answer: Answer, by: Any, priority: str, why: str, agency: KnownAgency | None = None,
    now: datetime | None = None,
) -> TriageCase:  # fmt: skip
    """Take the answer from readers and insights at once, and open a case with its clock."""
    check_access(access, by, now)
    require_words(why)
    fresh = _get_reachable_answer(access, answer, by)
    call_back_to_triage(answer=fresh, by=by)
    fresh.refresh_from_db()
    case = open_case(answer=fresh, by=by, priority=priority, why=why, agency=agency, now=now)
    record_event("break-glass case opened", by=by, obj=access, answer=str(fresh.pk))
    return case


def iter_emergency_timings(accesses: EmergencyQuerySet) -> Iterator[alerts.TimedItem]:
    for access in accesses:
        yield alerts.TimedItem(
            access, access.opened_at, access.due_at, access.opened_by_id, at_once=alerts.EVERYONE, to_all=True
        )


def alert_emergency_at_once(access: EmergencyAccess, now: datetime) -> None:
    """Alert in the request, without waiting for the sweep."""
    alone = EmergencyAccess.objects.not_reviewed().filter(pk=access.pk)
    alerts.alert_recipients(iter_emergency_timings(alone), now, patient=False)
