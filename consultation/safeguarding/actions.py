"""What safeguarding leads do, and what comes to them. Each verb leaves its audit entry: ids only, never words."""

import base64
import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed, seal
from consultation.safeguarding import clocks, policies, states
from consultation.safeguarding.models import CaseState, ContactRequest, Priority, TriageCase, WithdrawnText
from consultation.safeguarding.signals import answer_called_back


class NotAllowed(Exception):
    """The move is not in the table, or something that it needs is missing; the message is for the lead."""


def _locked(case: TriageCase) -> TriageCase:
    return TriageCase.objects.select_for_update().get(pk=case.pk)


def _as_saved(case: TriageCase) -> TriageCase:
    """The caller's own instance, with what was saved."""
    case.refresh_from_db()
    return case


@transaction.atomic
def open_case(
    *, answer: Answer | None, by: Any, priority: str, why: str = "", now: datetime | None = None
) -> TriageCase:
    """Bring one concern to the leads. An answer has one case: a second concern opens the first case again."""
    now = now or timezone.now()
    case = TriageCase.objects.select_for_update().filter(answer=answer).first() if answer else None
    if case is None:
        case = TriageCase(answer=answer, opened_at=now, opened_by=by, why=why)
        case.priority = policies.more_urgent(priority, "")
    else:
        case.priority = policies.more_urgent(priority, case.priority)
        case.why = "\n".join(part for part in (case.why, why) if part)
        if case.state == CaseState.CLOSED:
            case.state, case.claimed_by, case.first_view_by = CaseState.REOPENED, None, None
    case.due_at, case.alerted = clocks.due_at(case.priority, now), 0
    case.save()
    if answer is not None:
        answer.state, answer.due = AnswerState.TRIAGE, None
        answer.save(update_fields=["state", "due"])
    record("triage opened", by=by, obj=case, answer=str(answer.pk) if answer else "", priority=case.priority)
    return case


@transaction.atomic
def claim(*, case: TriageCase, by: Any) -> TriageCase:
    """Take a case: from now on it is this lead's."""
    fresh = _locked(case)
    _check_move(fresh, CaseState.CLAIMED, by)
    fresh.state, fresh.claimed_by, fresh.first_view_by = CaseState.CLAIMED, by, None
    fresh.save(update_fields=["state", "claimed_by", "first_view_by"])
    record("triage claimed", by=by, obj=fresh)
    return _as_saved(case)


def _check_move(case: TriageCase, to: str, by: Any) -> None:
    refused = policies.may_move(
        state=case.state, to=to, priority=case.priority, first_view_by=case.first_view_by_id, by=by.pk
    )
    if refused:
        raise NotAllowed(refused)


@transaction.atomic
def move(*, case: TriageCase, by: Any, to: str, reason: str = "") -> TriageCase:
    """Every move but claiming, closing and reopening, which have verbs of their own."""
    if to in (CaseState.CLAIMED, CaseState.CLOSED, CaseState.REOPENED):
        raise NotAllowed("Claiming, closing and reopening are done apart.")
    fresh = _locked(case)
    _check_move(fresh, to, by)
    before, fresh.state = fresh.state, to
    if to == CaseState.SECOND_VIEW:
        fresh.first_view_by = by
    elif to == CaseState.NEW:
        fresh.claimed_by = None
    fresh.reason = _joined(fresh.reason, reason)
    fresh.save(update_fields=["state", "first_view_by", "claimed_by", "reason"])
    record("triage transition", by=by, obj=fresh, before=before, after=to)
    return _as_saved(case)


def _joined(earlier: str, later: str) -> str:
    return "\n".join(part.strip() for part in (earlier, later) if part.strip())


@transaction.atomic
def close(
    *,
    case: TriageCase,
    by: Any,
    outcome: str,
    reason: str,
    reporting_duty: str,
    reference: str = "",
    now: datetime | None = None,
) -> TriageCase:
    """Close with all that closing needs. A false positive returns the answer to the desk, never to be quoted."""
    fresh = _locked(case)
    refused = policies.may_close(
        state=fresh.state, outcome=outcome, reason=reason, reporting_duty=reporting_duty, reference=reference
    )
    if refused:
        raise NotAllowed(refused)
    before = fresh.state
    fresh.state, fresh.outcome = CaseState.CLOSED, outcome
    fresh.reporting_duty, fresh.reference = reporting_duty, reference.strip()
    fresh.reason, fresh.decided_by, fresh.closed_at = _joined(fresh.reason, reason), by, now or timezone.now()
    fresh.save()
    if outcome == states.FALSE_POSITIVE and fresh.answer is not None:
        Answer.objects.filter(pk=fresh.answer.pk, state=AnswerState.TRIAGE).update(state=AnswerState.UNREAD)
    fresh.withdrawn_texts.all().delete()
    record("triage transition", by=by, obj=fresh, before=before, after=CaseState.CLOSED.value, outcome=outcome)
    return _as_saved(case)


@transaction.atomic
def reopen(*, case: TriageCase, by: Any, why: str, now: datetime | None = None) -> TriageCase:
    """Look at a closed case again. Its answer goes back behind the door, even if it was released meanwhile."""
    fresh = _locked(case)
    _check_move(fresh, CaseState.REOPENED, by)
    if not why.strip():
        raise NotAllowed("Say why.")
    fresh.state, fresh.claimed_by, fresh.first_view_by = CaseState.REOPENED, None, None
    fresh.opened_at, fresh.alerted = now or timezone.now(), 0
    fresh.due_at = clocks.due_at(fresh.priority, fresh.opened_at)
    fresh.reason = _joined(fresh.reason, why)
    fresh.save()
    if fresh.answer is not None:
        answer_called_back.send(sender=TriageCase, answer=fresh.answer, by=by)
    record("triage transition", by=by, obj=fresh, before=CaseState.CLOSED.value, after=CaseState.REOPENED.value)
    return _as_saved(case)


@transaction.atomic
def view_words(*, case: TriageCase, by: Any, reason: str) -> str:
    """The raw words of a case, for a reason that goes into the log as seen (its wording stays with the case)."""
    if not reason.strip():
        raise NotAllowed("Say why you need to see the words.")
    fresh = _locked(case)
    if fresh.answer is None or not fresh.answer.sealed:
        raise NotAllowed("The words of this case were withdrawn or erased.")
    fresh.reason = _joined(fresh.reason, f"Seen by {by}: {reason.strip()}")
    fresh.save(update_fields=["reason"])
    record("triage viewed", by=by, obj=fresh, answer=str(fresh.answer_id))
    return open_sealed(fresh.answer.sealed)


@transaction.atomic
def request_contact(
    *,
    name: str,
    how: str,
    when: str,
    not_say: str = "",
    message: str = "",
    language: str,
    attached: Iterable[tuple[str, bytes]] = (),
    key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> ContactRequest:
    """ "Ask someone to contact me" (D3). Sealed; `attached` are copies of (question, sealed answer), no joins."""
    now = now or timezone.now()
    content = {
        "name": name,
        "how": how,
        "when": when,
        "not_say": not_say,
        "message": message,
        "attached": [[question, base64.b64encode(bytes(sealed)).decode()] for question, sealed in attached],
    }
    contact, _ = ContactRequest.objects.get_or_create(
        pk=key or uuid.uuid4(),
        defaults={
            "sealed": seal(json.dumps(content)),
            "language": language,
            "day": timezone.localdate(now),
            "due": clocks.hour_slot(clocks.due_at(Priority.T2, now)),
        },
    )
    return contact


@transaction.atomic
def view_contact(*, contact: ContactRequest, by: Any) -> dict[str, Any]:
    """What the person asked for, opened; answers that they attached come along, opened too."""
    content: dict[str, Any] = json.loads(open_sealed(contact.sealed))
    content["attached"] = [
        {"question": question, "text": open_sealed(base64.b64decode(sealed))}
        for question, sealed in content.get("attached", [])
    ]
    record("contact request viewed", by=by, obj=contact)
    return content


@transaction.atomic
def claim_contact(*, contact: ContactRequest, by: Any) -> ContactRequest:
    taken = ContactRequest.objects.filter(pk=contact.pk, state="new").update(state="claimed", claimed_by=by)
    if not taken:
        raise NotAllowed("A colleague has taken this request.")
    contact.refresh_from_db()
    record("contact request claimed", by=by, obj=contact)
    return contact


@transaction.atomic
def close_contact(*, contact: ContactRequest, by: Any, outcome: str, today: Any = None) -> ContactRequest:
    """Done: what came of it is kept until retention erases the request, 30 days later."""
    if not outcome.strip():
        raise NotAllowed("Say what came of it.")
    closed = ContactRequest.objects.filter(pk=contact.pk, state="claimed").update(
        state="closed", outcome=outcome.strip(), closed_on=today or timezone.localdate()
    )
    if not closed:
        raise NotAllowed("Take the request before you close it.")
    contact.refresh_from_db()
    record("contact request closed", by=by, obj=contact)
    return contact


@transaction.atomic
def keep_withdrawn(*, answer: Answer, question_text: str, now: datetime | None = None) -> WithdrawnText:
    """A withdrawn answer that nobody has read may be a cry for help: leads read it once, then it is erased.

    The withdrawal has its own audit entry; one more here would point from it at an answer that was not read yet.
    """
    return WithdrawnText.objects.create(
        sealed=bytes(answer.sealed),
        question=question_text,
        language=answer.response.language,
        due=clocks.hour_slot(clocks.first_read_due(now or timezone.now())),
    )


@transaction.atomic
def read_withdrawn(*, withdrawn: WithdrawnText, by: Any) -> str:
    """Open withdrawn words. The first to open them is their one reader."""
    taken = WithdrawnText.objects.filter(pk=withdrawn.pk, read_by__isnull=True).update(read_by=by)
    withdrawn.refresh_from_db()
    if not taken and withdrawn.read_by_id != by.pk:
        raise NotAllowed("A colleague reads these words.")
    record("withdrawn words viewed", by=by, obj=withdrawn)
    return open_sealed(withdrawn.sealed)


@transaction.atomic
def erase_withdrawn(*, withdrawn: WithdrawnText, by: Any) -> None:
    """Nobody has to be told: the words go now."""
    if withdrawn.read_by_id != by.pk:
        raise NotAllowed("Read the words before you erase them.")
    if withdrawn.case_id is not None:
        raise NotAllowed("These words belong to an open case. They go when it is closed.")
    record("withdrawn words erased", by=by, obj=withdrawn)
    withdrawn.delete()


@transaction.atomic
def tell_of_withdrawn(*, withdrawn: WithdrawnText, by: Any, priority: str, why: str) -> TriageCase:
    """The duty to tell applies: a case without an answer, which holds the words until it is closed."""
    if withdrawn.read_by_id != by.pk:
        raise NotAllowed("Read the words before you decide.")
    if not why.strip():
        raise NotAllowed("Say why.")
    case = open_case(answer=None, by=by, priority=priority, why=why.strip())
    withdrawn.case = case
    withdrawn.save(update_fields=["case"])
    return case


@transaction.atomic
def erase_read_withdrawn(now: datetime | None = None) -> int:
    """Sweep: words that were read, that no case needs and whose time is over, are erased."""
    over = WithdrawnText.objects.filter(read_by__isnull=False, case__isnull=True, due__lt=now or timezone.now())
    count: int = over.count()
    if count:
        over.delete()
        record("withdrawn words erased", count=count)
    return count
