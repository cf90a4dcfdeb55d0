"""Actions on triage cases, and intake of contact requests and withdrawn texts. Audit entries hold ids, never words.

Answers and notes are sealed. Every action on a case checks again that this lead may see it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.agencies.first_agencies import find_outcome
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed_text, seal_text
from consultation.safeguarding import alerts, clocks, policies, states
from consultation.safeguarding.attached_answers import seal_with_attached
from consultation.safeguarding.case_steps import (
    add_sealed_note,
    check_move,
    find_due,
    lock_case,
    make_move,
    refresh_case,
)
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.absences import refuse_while_away
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.models import (
    CaseNote,
    CaseState,
    ContactRequest,
    Priority,
    TriageCase,
    WithdrawnText,
    is_hidden_from,
)
from consultation.safeguarding.signals import answer_recalled, answer_returned, case_claimed

NoteKind = CaseNote.Kind


@transaction.atomic
def open_case(
    *,
    answer: Answer | None,
    by: Any,
    priority: str,
    why: str = "",
    agency: KnownAgency | None = None,
    category: str = "",
    now: datetime | None = None,
) -> TriageCase:
    """Open a case for a concern. An answer has one case: a second concern reopens it or shortens its clock.

    `agency`: of the member of staff that the concern is about; the case is hidden from that agency from the start.
    `category`: of CaseCategory, if it is of one.
    """
    now = now or timezone.now()
    case = TriageCase.objects.select_for_update().filter(answer=answer).first() if answer else None
    if case is None:
        case = TriageCase(answer=answer, opened_by=by, opened_at=now, moved_at=now, category=category)
        case.priority = policies.pick_more_urgent(priority, "")
        case.due_at = find_due(case, now)
    else:  # it never gives a case more time: a clock that no lead has stopped only gets shorter
        case.priority = policies.pick_more_urgent(priority, case.priority)
        case.category = category or case.category
        due = find_due(case, now)
        taken_back = case.outcome == states.TAKEN_BACK
        if case.state not in states.RUNNING_CLOCK:
            case.alerted = 0
        if taken_back or case.state in states.RUNNING_CLOCK:
            case.due_at = min(case.due_at, due)
        else:
            case.opened_at, case.due_at = now, due
        after = CaseState.NEW if taken_back else states.ON_A_NEW_CONCERN[CaseState(case.state)]
        if after != case.state:
            _reset_case(case, after, now)
    if agency is not None:
        case.hide_from(agency)
    case.save()
    add_sealed_note(case, by, NoteKind.BROUGHT, why, now)
    if answer is not None:
        answer.move_to(AnswerState.TRIAGE)
    record_event("triage opened", by=by, obj=case, answer=str(answer.pk) if answer else "", priority=case.priority)
    return case


def _reset_case(case: TriageCase, state: str, now: datetime) -> None:
    """Clear claim, views and outcome: closing needs everything again."""
    case.state, case.moved_at = state, now
    case.claimed_by = case.first_view_by = case.second_view_by = case.decided_by = case.closed_at = None
    case.outcome = case.reporting_duty = ""
    case.sealed_reason = case.sealed_reference = None


@transaction.atomic
def claim_case(*, case: TriageCase, by: Any, now: datetime | None = None) -> TriageCase:
    """Claim a case for this lead. Its reader can no longer take it back, so the desk's clock of the answer ends."""
    refuse_while_away(by)
    fresh = lock_case(case, by)
    check_move(fresh, CaseState.CLAIMED, by)
    _reset_case(fresh, CaseState.CLAIMED, now or timezone.now())
    fresh.claimed_by = by
    fresh.save()
    if fresh.answer_id:
        case_claimed.send(sender=TriageCase, answer=fresh.answer_id)
    record_event("triage claimed", by=by, obj=fresh)
    return refresh_case(case)


@transaction.atomic
def move_case(*, case: TriageCase, by: Any, to: str, reason: str = "", now: datetime | None = None) -> TriageCase:
    """Move a case; claiming, referring, closing and reopening have their own actions."""
    if to in states.OWN_ACTIONS:
        raise NotAllowed("Claiming, referring, closing and reopening are done apart.")
    fresh, now = lock_case(case, by), now or timezone.now()
    make_move(fresh, to, by, reason, now)
    add_sealed_note(fresh, by, NoteKind.NOTE, reason, now)
    return refresh_case(case)


@transaction.atomic
def close_case(
    *,
    case: TriageCase,
    by: Any,
    outcome: str,
    reason: str,
    reporting_duty: str,
    reference: str = "",
    now: datetime | None = None,
) -> TriageCase:
    """Close a case. A false positive returns the answer to the reading desk, never to be quoted."""
    fresh, now = lock_case(case, by), now or timezone.now()
    refuse_for(
        policies.may_close(
            state=fresh.state, outcome=outcome, reason=reason, reporting_duty=reporting_duty, reference=reference,
            about_staff=bool(fresh.agency), unread=fresh.is_unread_by(by), referrals=fresh.list_referrals(),
        )
    )  # fmt: skip
    _end_case(fresh, by, now, outcome=outcome, reason=reason, reporting_duty=reporting_duty, reference=reference)
    said = f"{outcome[0].upper()}{outcome[1:]}. {reason.strip()}"
    said += f"\nReference: {reference.strip()}" if reference.strip() else ""
    add_sealed_note(fresh, by, NoteKind.CLOSED, said, now)
    if outcome == states.FALSE_POSITIVE and fresh.answer is not None:
        answer_returned.send(sender=TriageCase, answer=fresh.answer, now=now)
    fresh.withdrawn_texts.all().delete()
    fresh.places.update(sealed=b"", sealed_reason=b"")  # their types stay, to be counted
    return refresh_case(case)


def _end_case(
    case: TriageCase, by: Any, now: datetime, *, outcome: str, reason: str, reporting_duty: str, reference: str
) -> None:
    before = case.state
    case.state, case.outcome, case.reporting_duty = CaseState.CLOSED, outcome, reporting_duty
    case.sealed_reason, case.sealed_reference = seal_text(reason.strip()), seal_text(reference.strip())
    case.decided_by, case.closed_at, case.moved_at = by, now, now
    case.save()
    record_event("triage transition", by=by, obj=case, before=before, after=CaseState.CLOSED.value, outcome=outcome)


@transaction.atomic
def take_back_case(*, answer: Answer, by: Any, sent_at: datetime, now: datetime | None = None) -> None:
    """Close the case that this reader sent at this moment, unless a lead has claimed it. Sent again, it is new again and
    keeps its deadline."""
    case = TriageCase.objects.seen_by(by).select_for_update().filter(answer=answer).first()
    if case is None:
        raise NotAllowed("There is nothing to take back.")
    about_staff = bool(case.agency)
    refuse_for(
        policies.may_take_back(state=case.state, moved_at=case.moved_at, sent_at=sent_at, about_staff=about_staff)
    )
    _end_case(
        case, by, now or timezone.now(), outcome=states.TAKEN_BACK, reason="Before any lead had claimed it.",
        reporting_duty="not-applicable", reference="",
    )  # fmt: skip


@transaction.atomic
def reopen_case(*, case: TriageCase, by: Any, why: str, now: datetime | None = None) -> TriageCase:
    """Reopen a closed case. Its answer returns to triage, even if it was released meanwhile."""
    fresh, now = lock_case(case, by), now or timezone.now()
    check_move(fresh, CaseState.REOPENED, by)
    require_words(why)
    add_sealed_note(fresh, by, NoteKind.NOTE, why, now)
    _restart_case(fresh, by, now)
    return refresh_case(case)


def _restart_case(case: TriageCase, by: Any, now: datetime) -> None:
    """Reopen with a new clock and recall the answer."""
    _reset_case(case, CaseState.REOPENED, now)
    case.opened_at, case.alerted = now, 0
    case.due_at = find_due(case, now)
    case.save()
    if case.answer is not None:
        answer_recalled.send(sender=TriageCase, answer=case.answer, by=by)
    record_event("triage transition", by=by, obj=case, before=CaseState.CLOSED.value, after=CaseState.REOPENED.value)


@transaction.atomic
def add_case_note(*, case: TriageCase, by: Any, text: str) -> None:
    fresh = lock_case(case, by)
    require_words(text, "Write the note first.")
    add_sealed_note(fresh, by, NoteKind.NOTE, text)
    record_event("triage note", by=by, obj=fresh)


@transaction.atomic
def raise_priority(*, case: TriageCase, by: Any, priority: str, why: str, now: datetime | None = None) -> TriageCase:
    """Raise the priority. It is never lowered: that would evade the second view."""
    fresh, now = lock_case(case, by), now or timezone.now()
    if fresh.state not in states.RUNNING_CLOCK:
        raise NotAllowed("Its clock has stopped. Close it, then open it again.")
    require_words(why)
    if policies.pick_more_urgent(priority, fresh.priority) == fresh.priority:
        raise NotAllowed("A priority can be raised, not lowered.")
    fresh.priority = priority
    fresh.due_at = min(fresh.due_at, find_due(fresh, now))
    fresh.save(update_fields=["priority", "due_at"])
    add_sealed_note(fresh, by, NoteKind.NOTE, why, now)
    record_event("triage priority raised", by=by, obj=fresh, priority=priority)
    return refresh_case(case)


def check_hiding(agency: KnownAgency | None) -> None:
    """Refuse to hide a case from every lead: nobody would work on it. The head of service is told then."""
    key = agency.key if agency else ""
    refused = policies.may_hide(agency=key, lead_agencies=[lead.agency_id for lead in lead_rota.list_leads()])
    if refused == policies.NOBODY_ELSE_SEES_IT and alerts.tell_head_of_service():
        refused += " The head of service was told that an item waits."
    refuse_for(refused)


@transaction.atomic
def hide_from_agency(
    *, case: TriageCase, by: Any, agency: KnownAgency | None, why: str, now: datetime | None = None
) -> None:
    """Hide a concern about staff from everyone of that agency, this lead included (D7). Who still sees it is told after
    commit; if the mail server is down, the sweep tells them.

    A case closed as a false positive, whose answer went back to the readers, is reopened.
    """
    fresh, now = lock_case(case, by), now or timezone.now()
    require_words(why)
    check_hiding(agency)
    _hide_case(fresh, by, cast(KnownAgency, agency), now)
    add_sealed_note(fresh, by, NoteKind.NOTE, why, now)
    if fresh.state != CaseState.CLOSED:
        transaction.on_commit(partial(alerts.tell_of_hiding, fresh, now), robust=True)


def _hide_case(fresh: TriageCase, by: Any, agency: KnownAgency, now: datetime) -> None:
    fresh.hide_from(agency)
    fresh.alerted = 0
    if fresh.claimed_by and fresh.state == CaseState.CLAIMED and is_hidden_from(fresh, fresh.claimed_by):
        fresh.state, fresh.claimed_by, fresh.moved_at = CaseState.NEW, None, now
        record_event("triage transition", by=by, obj=fresh, before=CaseState.CLAIMED.value, after=CaseState.NEW.value)
    fresh.save()
    fresh.withdrawn_texts.update(agency=fresh.agency)
    record_event("triage hidden from an agency", by=by, obj=fresh)
    given_back = fresh.answer is not None and fresh.answer.state != AnswerState.TRIAGE
    if fresh.state == CaseState.CLOSED and given_back:
        _restart_case(fresh, by, now)


@transaction.atomic
def rehide_after_restore(*, case: TriageCase, agency: KnownAgency) -> None:
    """Repeat a hiding after a restore. Does not check that some lead still sees it: roles are granted again later."""
    fresh = TriageCase.objects.select_for_update().get(pk=case.pk)
    _hide_case(fresh, None, agency, timezone.now())


@transaction.atomic
def show_to_all_leads(*, case: TriageCase, by: Any, why: str) -> None:
    """Undo the hiding: the concern is not about staff after all."""
    fresh = lock_case(case, by)
    require_words(why)
    fresh.show_to_all()
    fresh.save(update_fields=["agency"])
    fresh.withdrawn_texts.update(agency=None)
    add_sealed_note(fresh, by, NoteKind.NOTE, why)
    record_event("triage shown to all leads", by=by, obj=fresh)


@transaction.atomic
def view_case_texts(*, case: TriageCase, by: Any, reason: str, now: datetime | None = None) -> str:
    """The raw text of a case. The reason stays with the case, and the view is audited."""
    fresh = lock_case(case, by)
    require_words(reason, "Say why you need to see the words.")
    words = _open_case_texts(fresh)
    if not words:
        raise NotAllowed("The words of this case were withdrawn or erased.")
    add_sealed_note(fresh, by, NoteKind.SEEN, reason, now)
    record_event("triage viewed", by=by, obj=fresh, answer=str(fresh.answer_id or ""))
    return "\n\n".join(words)


def _open_case_texts(case: TriageCase) -> list[str]:
    return [open_sealed_text(each) for each in case.list_sealed_words()]


@dataclass(frozen=True)
class CasePrintOut:
    """Content of a print-out for the receiving system."""

    case: TriageCase
    to: KnownAgency
    words: list[str]
    notes: list[CaseNote]
    made_at: datetime


@transaction.atomic
def print_case(
    *, case: TriageCase, by: Any, to: KnownAgency, with_notes: bool, reason: str, now: datetime | None = None
) -> CasePrintOut:
    """Print a case for another agency. Raw text leaves the system, so it is audited as an export."""
    fresh, now = lock_case(case, by), now or timezone.now()
    refuse_for(policies.may_tell(outcome=find_outcome(to), agency=to.key, accused=fresh.agency_id))
    require_words(reason, "Say why it is sent.")
    notes = [note for note in fresh.notes.select_related("author") if note.kind != NoteKind.SEEN] if with_notes else []
    add_sealed_note(fresh, by, NoteKind.SENT, f"To {to}. {reason.strip()}", now)
    record_event("export made", by=by, obj=fresh, kind="triage print-out", to=find_outcome(to), notes=with_notes)
    return CasePrintOut(case=fresh, to=to, words=_open_case_texts(fresh), notes=notes, made_at=now)


@transaction.atomic
def request_contact(
    *,
    name: str,
    how: str,
    when: str,
    not_say: str = "",
    message: str = "",
    choices: Mapping[str, Any] | None = None,
    language: str,
    attached: Iterable[tuple[str, bytes]] = (),
    key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> ContactRequest:
    """ "Ask someone to contact me" (D3). Sealed; `attached` are copies of (question, sealed answer), no joins.

    `choices`: contact_requests.contact_choices. `language`: the one in which the person wants to be answered.
    """
    now = now or timezone.now()
    content = {
        **(choices or {}),
        "name": name,
        "how": how,
        "when": when,
        "not_say": not_say,
        "message": message,
    }
    due = clocks.case_due_at(Priority.T2, now, get_working_week())  # a day's end: the time of arrival is not stored
    contact, _ = ContactRequest.objects.get_or_create(
        pk=key or uuid.uuid4(),
        defaults={
            "sealed": seal_with_attached(content, attached),
            "language": language,
            "day": timezone.localdate(now),
            "due": due,
        },
    )
    return contact


@transaction.atomic
def keep_withdrawn_text(*, answer: Answer, question_text: str, now: datetime | None = None) -> WithdrawnText:
    """Keep the text of a withdrawn, unread answer: it may be a cry for help, so a lead reads it once before erasure.

    The text of an open case stays with it, and stays hidden as it was. No audit entry here: next to the withdrawal's own
    it would tell that an answer was unread.
    """
    case = TriageCase.objects.select_for_update().filter(answer=answer).first()  # a lead may close or hide it just now
    kept: WithdrawnText = WithdrawnText.objects.create(
        sealed=bytes(answer.sealed),
        question=question_text,
        language=answer.response.language,
        due=clocks.end_of_hour_slot(clocks.first_read_due(now or timezone.now(), get_working_week())),
        case=case if case and case.state != CaseState.CLOSED else None,
        agency=case.agency if case else None,
    )
    return kept
