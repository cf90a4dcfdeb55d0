"""Readers' actions on an answer. Each is atomic and writes an audit entry: ids and counts, never words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for
from consultation.agencies.models import KnownAgency
from consultation.audit.audit_log import record_event
from consultation.reading import policies, reading_drafts, reading_queue, redaction_marks, states
from consultation.reading import redaction_spans as redactions
from consultation.reading.answer_language import check_language, record_correction
from consultation.reading.models import (
    Lease,
    PracticeAnswer,
    Reading,
    ReadingDecision,
    Screening,
)
from consultation.reading.reading_clock import move_with_clock
from consultation.reading.redaction_sweep import redact_answer
from consultation.reading.response_times.actions import count_first_read
from consultation.reading.screening_sweep import screen_answers
from consultation.responses.models import Answer, AnswerState
from consultation.responses.signals import text_recalled
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import CaseCategory, TriageCase
from consultation.safeguarding.policies import CLAIMED_BY_A_LEAD
from consultation.safeguarding.states import TAKEN_BACK

VERBS = {
    ReadingDecision.CLEAR: "answer cleared",
    ReadingDecision.NEVER_QUOTE: "answer cleared",
    ReadingDecision.ASK_COLLEAGUE: "answer held",
    ReadingDecision.TRIAGE: "answer sent to triage",
    ReadingDecision.NOT_USED: "answer not used",
}


DECIDED = "This answer was decided meanwhile."
NOTHING_TO_TAKE_BACK = "There is nothing to take back."
ASK, DROP = "what your colleague should look at", "why it does not go to triage"
CONCERN = "Someone who saw the cleared words reported a concern."


class NeedsReason(NotAllowed):
    """The answer is flagged or names a person: any decision but triage needs a reason in the note."""


def lease_next_unread(reader: Any, consultation: int | None = None) -> Answer | None:
    """The next answer to read, leased to this reader, so that two readers never get the same one.

    A T1 comes first, of whatever consultation, and also one that a colleague asked about. An answer that the reader
    left comes back after `reading_queue.LATER`, or at once when no other is unread.
    """
    urgent, unread = reading_queue.list_waiting(reader, consultation)
    return (
        reading_queue.lease_first_free(Answer.objects.undecided(), reader, urgent)
        or reading_queue.lease_first_free(Answer.objects.unread(), reader, unread)
        or _lease_left_answer(reader, AnswerState.UNREAD, consultation)
    )


def lease_next_awaiting_colleague(reader: Any) -> Answer | None:
    asked = Answer.objects.filter(state=AnswerState.AWAITING_COLLEAGUE)
    found = reading_queue.lease_first_free(asked, reader, reading_queue.list_awaiting_colleague(reader))
    return found or _lease_left_answer(reader, AnswerState.AWAITING_COLLEAGUE, None)


def _lease_left_answer(reader: Any, state: str, consultation: int | None) -> Answer | None:
    left = reading_queue.left_for_later(reader, consultation).filter(state=state).order_by("drafts__later", "pk")
    return reading_queue.lease_first_free(left, reader)


def lease_last_left(reader: Any, consultation: int | None = None) -> Answer | None:
    """The answer that this reader left last, leased again: the Back button."""
    return reading_queue.lease_first_free(
        reading_queue.left_for_later(reader, consultation).exclude(lease__reader=reader), reader
    )


def leave_for_later(*, answer: Answer, by: Any, now: datetime | None = None) -> None:
    """Leave an answer undecided: colleagues may lease it, and it comes back to this reader later. The draft stays."""
    reading_drafts.defer_answer(answer, by, now)
    reading_queue.end_lease(answer, by)


def open_answer_text(*, answer: Answer, by: Any) -> str:
    """The raw text, for the reader who leases the answer. The lease is recorded in the audit log."""
    if answer.state not in reading_queue.OPEN:
        raise NotAllowed(DECIDED)
    if not reading_queue.lease_answer(answer, by):  # it leases no answer that is hidden from this reader
        raise NotAllowed("A colleague has this answer open." if _is_visible_to(by, answer) else DECIDED)
    reading_drafts.clear_deferral(answer, by)
    if not Screening.objects.filter(pk=answer.pk).exists():
        screen_answers([answer], timezone.now())
    redact_answer(answer)
    return open_sealed_text(answer.sealed)


@transaction.atomic
def decide_answer(
    *,
    answer: Answer,
    by: Any,
    decision: str,
    spans: Iterable[Any],
    note: str = "",
    identifying_story: bool = False,
    quotable: bool = True,
    priority: str = "",
    agency: KnownAgency | None = None,
    language: str = "",
    harm: bool = False,
    non_recent: bool | None = None,
    now: datetime | None = None,
) -> Reading:
    """Record a reader's decision and confirmed redaction. A cleared answer is released after RELEASE_AFTER_MINUTES.

    `agency`: the employer of the member of staff whom a concern is about. Its people never see the case (D7).
    `harm`: the reader confirms that it tells of harm. `non_recent`: of harm years ago; None: as the screen takes it.
    `language`: in which the reader says that it is written, where the screen is wrong; it is kept for whoever reads next.
    """
    now, decision = now or timezone.now(), ReadingDecision(decision)
    fresh = _lock_answer(answer)
    earlier = Reading.objects.filter(pk=fresh.pk).first()
    screening = Screening.objects.filter(pk=fresh.pk).first()
    _check_may_decide(fresh, by, decision, earlier, now)
    check_language(screening=screening, earlier=earlier, by=by, decision=decision, language=language)
    if agency:
        safeguarding.check_hiding(agency)
    text = open_sealed_text(fresh.sealed)
    confirmed = redactions.normalise_spans(spans, text)
    was_triaged = TriageCase.objects.filter(answer=fresh).exclude(outcome=TAKEN_BACK).exists()
    if decision != ReadingDecision.TRIAGE and not was_triaged:
        check_may_stay_from_leads(decision, screening, confirmed, harm=harm, note=note)
    clears, asker = decision in policies.CLEARS, earlier.colleague_asked_by if earlier else None
    reading, _ = Reading.objects.update_or_create(
        answer=fresh,
        defaults={
            "reader": by,
            "decision": decision,
            "colleague_asked_by": by if decision == ReadingDecision.ASK_COLLEAGUE else asker,
            "spans": confirmed,
            "text": redactions.redact_text(text, confirmed) if clears else "",
            "identifying_story": identifying_story,
            "quotable": policies.is_quotable(
                decision=decision, wanted=quotable, identifying_story=identifying_story, was_triaged=was_triaged
            ),
            "was_triaged": was_triaged or decision == ReadingDecision.TRIAGE,
            "note": note.strip(),
            "language": language or (earlier.language if earlier else ""),
            "decided_at": now,
            "release_at": policies.release_time(
                decision=decision, decided_at=now, minutes=settings.RELEASE_AFTER_MINUTES
            ),
            "released": False,
        },
    )
    _record_decision(fresh, by, decision, confirmed, screening)
    record_correction(answer=fresh, screening=screening, earlier=earlier, by=by, language=language)
    count_first_read(answer=fresh, screening=screening, now=now)
    _move_answer(fresh, decision, now)
    if decision == ReadingDecision.TRIAGE and not PracticeAnswer.objects.filter(answer=fresh).exists():
        known = screening.priority if screening else ""
        said = CaseCategory.NON_RECENT in list_categories(screening) if non_recent is None else non_recent
        safeguarding.open_case(
            answer=fresh, by=by, priority=priority or known, why=note.strip(), agency=agency,
            category=CaseCategory.NON_RECENT if said else "", now=now,
        )  # fmt: skip
    Lease.objects.filter(answer=fresh).delete()
    reading_drafts.delete_drafts(fresh)
    answer.refresh_from_db()
    return reading


def _lock_answer(answer: Answer) -> Answer:
    """The answer as it is now, locked behind its case, as leads lock them: in another order a reader and a lead would wait
    for each other, until the database ends what one of them does."""
    TriageCase.objects.select_for_update().filter(answer=answer).first()
    locked: Answer = Answer.objects.select_for_update().get(pk=answer.pk)
    return locked


def _is_visible_to(reader: Any, answer: Answer) -> bool:
    return Answer.objects.filter(reading_queue.visible_to(reader), pk=answer.pk).exists()


def _check_may_decide(answer: Answer, by: Any, decision: str, earlier: Reading | None, now: datetime) -> None:
    if not _is_visible_to(by, answer):  # the message must not tell that a case is hidden from this reader
        raise NotAllowed(DECIDED)
    if Lease.objects.filter(answer=answer, until__gt=now).exclude(reader=by).exists():
        raise NotAllowed("A colleague has this answer open.")
    colleague_asked_by = earlier.colleague_asked_by_id if earlier else None
    refused = policies.may_decide(
        state=answer.state, decision=decision, by=by.pk, colleague_asked_by=colleague_asked_by
    )
    refuse_for(refused)


def check_may_stay_from_leads(
    decision: str, screening: Screening | None, confirmed: list[dict[str, Any]], *, harm: bool, note: str
) -> None:
    """Refuse to keep from the leads what is theirs first (R3), and a flag without a reason in the note."""
    flagged = screening is not None and screening.flagged
    proposed = screening.list_proposals() if screening else []
    types = {span["type"] for span in (*proposed, *confirmed)}
    refuse_for(policies.must_go_to_leads(decision=decision, harm=harm, types=types))
    if note.strip():
        return
    if policies.goes_to_triage_first(categories=list_categories(screening), types=types):
        raise NeedsReason("A person or a way to reach them, and a sign of harm. Send it to triage, or say why not.")
    if policies.needs_reason(decision=decision, flagged=flagged):
        asks = decision == ReadingDecision.ASK_COLLEAGUE
        raise NeedsReason(f"This answer is flagged. Say in the note {ASK if asks else DROP}.")


def list_categories(screening: Screening | None) -> set[str]:
    """The categories of a flag; none without one."""
    return {reason["category"] for reason in screening.list_reasons()} if screening and screening.flagged else set()


def _record_decision(
    answer: Answer, by: Any, decision: str, confirmed: list[dict[str, Any]], screening: Screening | None
) -> None:
    record_event(VERBS[ReadingDecision(decision)], by=by, obj=answer, decision=str(decision))
    proposed = redactions.span_places(screening.list_proposals() if screening else [])
    if redactions.span_places(confirmed) != proposed:
        record_event("redaction changed", by=by, obj=answer)  # by how many names would tell what the words say


def _move_answer(answer: Answer, action: str, now: datetime) -> None:
    """Move an answer by the table of states, with its clock."""
    state = states.state_after(answer.state, action)
    if state is None:
        raise NotAllowed(f"An answer that is “{AnswerState(answer.state).label}” cannot be moved so.")
    move_with_clock(answer, state, now, reported=action == states.RECALL)


@transaction.atomic
def undo_decision(*, answer: Answer, by: Any, now: datetime | None = None) -> None:
    """Take back one's own decision within ten minutes; marks and note return as a draft.

    An answer that a colleague had asked about awaits a colleague again.
    """
    now = now or timezone.now()
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    reading = Reading.objects.filter(pk=fresh.pk).first()
    if reading is None or not _is_visible_to(by, fresh):
        raise NotAllowed("There is nothing to undo.")
    refused = policies.may_undo(
        state=fresh.state, reader=reading.reader_id, by=by.pk, decided_at=reading.decided_at, now=now,
        minutes=settings.RELEASE_AFTER_MINUTES,
    )  # fmt: skip
    refuse_for(refused)
    _return_to_reader(fresh, reading, by, states.UNDO, now)
    record_event("decision undone", by=by, obj=fresh, decision=reading.decision)
    answer.refresh_from_db()


@transaction.atomic
def take_back_from_leads(*, answer: Answer, by: Any, now: datetime | None = None) -> None:
    """Take an answer that one sent to the leads back until one of them claims it; marks and note return as a draft.

    The clock goes on as if the answer had not been sent. A seeded answer has no case: as for a cleared one, its time is
    over after ten minutes, so that it does not stand out.
    """
    now = now or timezone.now()
    reading = Reading.objects.filter(pk=answer.pk, reader=by, decision=ReadingDecision.TRIAGE).first()
    if reading is None or not _is_visible_to(by, answer):
        raise NotAllowed(NOTHING_TO_TAKE_BACK)
    if not PracticeAnswer.objects.filter(answer=answer).exists():
        safeguarding.take_back_case(answer=answer, by=by, sent_at=reading.decided_at, now=now)
    elif now >= reading.decided_at + timedelta(minutes=settings.RELEASE_AFTER_MINUTES):
        raise NotAllowed(CLAIMED_BY_A_LEAD)
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    _return_to_reader(fresh, reading, by, states.TAKE_BACK, now)
    record_event("answer taken back from triage", by=by, obj=fresh)
    answer.refresh_from_db()


def _return_to_reader(answer: Answer, reading: Reading, by: Any, action: str, now: datetime) -> None:
    """Move an answer back to the desk with its clock; a decision of which a colleague was asked awaits one again."""
    state = states.state_after(answer.state, action)
    if state is None:
        raise NotAllowed(NOTHING_TO_TAKE_BACK)
    if reading.colleague_asked_by_id and reading.decision != ReadingDecision.ASK_COLLEAGUE:
        state = AnswerState.AWAITING_COLLEAGUE
        Reading.objects.filter(pk=answer.pk).update(
            decision=ReadingDecision.ASK_COLLEAGUE,
            reader=reading.colleague_asked_by,
            text="",
            release_at=None,
            quotable=False,
        )
    else:
        reading.delete()
    marks = [mark.value for mark in redaction_marks.marks_from_spans(reading.spans)]
    reading_drafts.save_draft(answer, by, marks=marks, note=reading.note, uncovered=True)
    move_with_clock(answer, state, now)


@transaction.atomic
def release_due_answers(now: datetime | None = None) -> int:
    """Sweep: release cleared answers whose undo time is over. Returns how many.

    Answers whose case is hidden from an agency stay: people of every agency read released text (D7).
    """
    due = Answer.objects.filter(
        state=AnswerState.CLEARED,
        reading__decision__in=policies.CLEARS,
        reading__release_at__lte=now or timezone.now(),
        response__withdrawn=False,
        practice__isnull=True,
    ).exclude(case__in=TriageCase.objects.hidden_from_somebody())
    ids = list(due.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        Reading.objects.filter(pk__in=batch).update(released=True)
        Answer.objects.filter(pk__in=batch).update(state=AnswerState.RELEASED)
        Screening.objects.filter(pk__in=batch).update(clock=None)
        record_event("answers released", answers=[str(pk) for pk in batch])
    return len(ids)


def _take_out_of_insights(answer: Answer, action: str, now: datetime) -> None:
    """Remove the text from insights and from the outbox, within the caller's transaction."""
    before = answer.state
    _move_answer(answer, action, now)
    if before == AnswerState.RELEASED:
        text_recalled.send(sender=Answer, answer=answer.pk)
    Reading.objects.filter(pk=answer.pk).update(released=False, release_at=None, text="")


@transaction.atomic
def recall_answer(*, answer: Answer, by: Any, concern: bool, now: datetime | None = None) -> None:
    """A person who sees released words reports them: they leave insights at once.

    A concern opens a case on the leads' clock; a name left in returns to the top of the desk, on the desk's clock. A
    concern opens a case even when the text was recalled before, perhaps for a name alone.
    """
    now = now or timezone.now()
    fresh = _lock_answer(answer)
    _take_out_of_insights(fresh, states.REPORT_CONCERN if concern else states.RECALL, now)
    reading_drafts.delete_drafts(fresh)
    if concern:
        Lease.objects.filter(answer=fresh).delete()
        Reading.objects.filter(pk=fresh.pk).update(decision=ReadingDecision.TRIAGE, was_triaged=True, quotable=False)
        safeguarding.open_case(answer=fresh, by=by, priority="T2", why=CONCERN, now=now)
    elif fresh.sealed:
        _flag_reported_name(fresh, now)
    else:  # the raw text is erased: nobody can redact it again
        move_with_clock(fresh, AnswerState.NOT_USED, now)
    record_event("answer recalled", by=by, obj=fresh, concern=concern)
    answer.refresh_from_db()


def _flag_reported_name(answer: Answer, now: datetime) -> None:
    """Works without a private key: whoever reports it does so on a process of the planners."""
    rows = Screening.objects.filter(pk=answer.pk)
    if not rows.exists():
        screen_answers([answer], now)
        rows.update(clock=None)
        move_with_clock(answer, answer.state, now, reported=True)
    rows.update(reported=True)


@transaction.atomic
def call_back_to_triage(*, answer: Answer, by: Any) -> None:
    """A lead reopened the case: the answer returns to triage from any state."""
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    _take_out_of_insights(fresh, states.CALL_BACK, timezone.now())
    Reading.objects.filter(pk=fresh.pk).update(decision=ReadingDecision.TRIAGE, was_triaged=True, quotable=False)
    Lease.objects.filter(answer=fresh).delete()
    reading_drafts.delete_drafts(fresh)
    record_event("answer called back to triage", by=by, obj=fresh)


@transaction.atomic
def return_to_desk(*, answer: Answer, now: datetime | None = None) -> None:
    """A lead closed the case as a false positive: the answer is unread again, and its flag's clock starts anew."""
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    if fresh.state == AnswerState.TRIAGE:
        _move_answer(fresh, states.RETURN, now or timezone.now())
