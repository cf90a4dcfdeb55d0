"""Readers' actions on an answer. Each is atomic and writes an audit entry: ids and counts, never words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.audit.log import record
from consultation.reading import drafts, page, policies, queue, states
from consultation.reading import spans as redactions
from consultation.reading.models import Decision, Lease, PracticeAnswer, Reading, Screening
from consultation.reading.proposals import screen_answers, screen_unread
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.duty import rota
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.policies import may_hide, more_urgent

__all__ = [
    "NeedsReason", "NotAllowed", "call_back", "decide", "last_left", "next_for", "next_held_for", "open_text",
    "recall", "release_due", "screen_unread", "skip", "undo",
]  # fmt: skip

VERBS = {
    Decision.CLEAR: "answer cleared",
    Decision.NEVER_QUOTE: "answer cleared",
    Decision.HOLD: "answer held",
    Decision.TRIAGE: "answer sent to triage",
    Decision.NOT_USED: "answer not used",
}


NAME_LEFT_IN = "Someone saw a name left in"
DECIDED = "This answer was decided meanwhile."
CONCERN = "Someone who saw the cleared words reported a concern."


class NotAllowed(Exception):
    """The state of the answer or the person does not allow this action; the message is for the reader."""


class NeedsReason(NotAllowed):
    """R3 asks for triage: any other decision needs a reason in the note."""


def next_for(reader: Any, consultation: int | None = None, now: datetime | None = None) -> Answer | None:
    """The next unread answer, leased to this reader, so that two readers never get the same one.

    An answer that the reader left comes back after `reading_queue.LATER`, or at once when no other is unread.
    """
    found = queue.first_taken(queue.unread_for(reader, consultation, now), reader)
    return found or _left(reader, AnswerState.UNREAD, consultation, now)


def next_held_for(reader: Any, now: datetime | None = None) -> Answer | None:
    """The next answer that a colleague asked about."""
    found = queue.first_taken(queue.held_for(reader, now), reader)
    return found or _left(reader, AnswerState.HELD, None, now)


def _left(reader: Any, state: str, consultation: int | None, now: datetime | None) -> Answer | None:
    """The answer in this state that the reader left first."""
    left = queue.left_for_later(reader, consultation, now).filter(state=state).order_by("drafts__later", "pk")
    return queue.first_taken(left, reader)


def last_left(reader: Any, consultation: int | None = None) -> Answer | None:
    """The answer that this reader left last, leased again: the Back button."""
    return queue.first_taken(queue.left_for_later(reader, consultation).exclude(lease__reader=reader), reader)


def skip(*, answer: Answer, by: Any, now: datetime | None = None) -> None:
    """Leave an answer undecided: colleagues may lease it, and it comes back to this reader later. The draft stays."""
    drafts.leave(answer, by, now)
    queue.give_back(answer, by)


def open_text(*, answer: Answer, by: Any) -> str:
    """The raw text, for the reader who leases the answer. The lease is recorded in the audit log."""
    if answer.state not in (AnswerState.UNREAD, AnswerState.HELD) or not _is_shown_to(by, answer):
        raise NotAllowed(DECIDED)
    if not queue.take(answer, by):
        raise NotAllowed("A colleague has this answer open.")
    drafts.opened(answer, by)
    if not Screening.objects.filter(pk=answer.pk).exists():
        screen_answers([answer], timezone.now())
    return open_sealed(answer.sealed)


@transaction.atomic
def decide(
    *,
    answer: Answer,
    by: Any,
    decision: str,
    spans: Iterable[Any],
    note: str = "",
    identifying_story: bool = False,
    quotable: bool = True,
    priority: str = "",
    agency: str = "",
    now: datetime | None = None,
) -> Reading:
    """Record a reader's decision and confirmed redaction. A cleared answer is released after RELEASE_AFTER_MINUTES.

    `agency`: the employer of the member of staff whom a concern is about. Its people never see the case (D7).
    """
    now, decision = now or timezone.now(), Decision(decision)
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    earlier = Reading.objects.filter(pk=fresh.pk).first()
    screening = Screening.objects.filter(pk=fresh.pk).first()
    _check(fresh, by, decision, earlier, now)
    if agency:
        _check_agency(agency)
    text = open_sealed(fresh.sealed)
    confirmed = redactions.normalised(spans, text)
    was_triaged = TriageCase.objects.filter(answer=fresh).exists()
    if decision != Decision.TRIAGE and not was_triaged and not note.strip():
        _check_triage_first(screening, confirmed)
    clears = decision in policies.CLEARS
    reading, _ = Reading.objects.update_or_create(
        answer=fresh,
        defaults={
            "reader": by,
            "decision": decision,
            "held_by": by if decision == Decision.HOLD else earlier.held_by if earlier else None,
            "spans": confirmed,
            "text": redactions.redacted(text, confirmed) if clears else "",
            "identifying_story": identifying_story,
            "quotable": policies.is_quotable(
                decision=decision, wanted=quotable, identifying_story=identifying_story, was_triaged=was_triaged
            ),
            "was_triaged": was_triaged or decision == Decision.TRIAGE,
            "note": note.strip(),
            "decided_at": now,
            "release_at": policies.release_at(
                decision=decision, decided_at=now, minutes=settings.RELEASE_AFTER_MINUTES
            ),
            "released": False,
        },
    )
    _record_decision(fresh, by, decision, confirmed, screening)
    _set_state(fresh, states.after(fresh.state, decision))
    if decision == Decision.TRIAGE and not PracticeAnswer.objects.filter(answer=fresh).exists():
        known = screening.priority if screening else ""
        safeguarding.open_case(
            answer=fresh, by=by, priority=priority or known, why=note.strip(), agency=agency, now=now
        )
    Lease.objects.filter(answer=fresh).delete()
    drafts.forget(fresh)
    answer.refresh_from_db()
    return reading


def _is_shown_to(reader: Any, answer: Answer) -> bool:
    return Answer.objects.filter(queue.shown_to(reader), pk=answer.pk).exists()


def _check(answer: Answer, by: Any, decision: str, earlier: Reading | None, now: datetime) -> None:
    if not _is_shown_to(by, answer):  # the message must not tell that a case is hidden from this reader
        raise NotAllowed(DECIDED)
    if Lease.objects.filter(answer=answer, until__gt=now).exclude(reader=by).exists():
        raise NotAllowed("A colleague has this answer open.")
    held_by = earlier.held_by_id if earlier else None
    refused = policies.may_decide(state=answer.state, decision=decision, by=by.pk, held_by=held_by)
    if refused:
        raise NotAllowed(refused)


def _check_agency(agency: str) -> None:
    """A case that is hidden from every lead would never be worked on."""
    refused = may_hide(agency=agency, lead_agencies=[lead.agency for lead in rota.leads()])
    if refused:
        raise NotAllowed(refused)


def _check_triage_first(screening: Screening | None, confirmed: list[dict[str, Any]]) -> None:
    proposed = screening.spans if screening else []
    categories = [reason["category"] for reason in screening.reasons] if screening and screening.flagged else []
    types = [span["type"] for span in (*proposed, *confirmed)]
    if policies.goes_to_triage_first(categories=categories, types=types):
        raise NeedsReason("A person or a way to reach them, and a sign of harm. Send it to triage, or say why not.")


def _record_decision(
    answer: Answer, by: Any, decision: str, confirmed: list[dict[str, Any]], screening: Screening | None
) -> None:
    record(VERBS[Decision(decision)], by=by, obj=answer, decision=str(decision))
    proposed = redactions.places(screening.spans if screening else [])
    if redactions.places(confirmed) != proposed:
        added, dropped = redactions.places(confirmed) - proposed, proposed - redactions.places(confirmed)
        record("redaction changed", by=by, obj=answer, added=len(added), dropped=len(dropped))


def _set_state(answer: Answer, state: str | None) -> None:
    """A decision ends the first-read clock, so the due slot is erased."""
    answer.state, answer.due = state or answer.state, None
    answer.save(update_fields=["state", "due"])


@transaction.atomic
def undo(*, answer: Answer, by: Any, now: datetime | None = None) -> None:
    """Take back one's own decision within ten minutes; marks and note return as a draft.

    An answer that a colleague had asked about awaits a colleague again.
    """
    now = now or timezone.now()
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    reading = Reading.objects.filter(pk=fresh.pk).first()
    if reading is None or not _is_shown_to(by, fresh):
        raise NotAllowed("There is nothing to undo.")
    refused = policies.may_undo(
        state=fresh.state, reader=reading.reader_id, by=by.pk, decided_at=reading.decided_at, now=now,
        minutes=settings.RELEASE_AFTER_MINUTES,
    )  # fmt: skip
    if refused:
        raise NotAllowed(refused)
    state = states.after(fresh.state, states.UNDO)
    if reading.held_by_id and reading.decision != Decision.HOLD:
        state = AnswerState.HELD
        Reading.objects.filter(pk=fresh.pk).update(
            decision=Decision.HOLD, reader=reading.held_by, text="", release_at=None, quotable=False
        )
    else:
        reading.delete()
    marks = [mark.value for mark in page.marks_of(reading.spans)]
    drafts.keep(fresh, by, marks=marks, note=reading.note, uncovered=True)
    record("decision undone", by=by, obj=fresh, decision=reading.decision)
    _set_state(fresh, state)
    answer.refresh_from_db()


@transaction.atomic
def release_due(now: datetime | None = None) -> int:
    """Sweep: release cleared answers whose undo time is over, and nudge the corpus once. Returns how many.

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
        record("answers released", answers=[str(pk) for pk in batch])
    if ids:
        transaction.on_commit(lambda: handover.released_nudge.send_robust(sender=Reading))
    return len(ids)


def _take_out(answer: Answer, action: str) -> None:
    """Remove the text from insights and from the outbox, within the caller's transaction."""
    state = states.after(answer.state, action)
    if state is None:
        raise NotAllowed(f"An answer that is “{AnswerState(answer.state).label}” cannot be taken back.")
    if answer.state == AnswerState.RELEASED:
        handover.text_recalled.send(sender=Answer, answer=answer.pk)
    Reading.objects.filter(pk=answer.pk).update(released=False, release_at=None, text="")
    _set_state(answer, state)


@transaction.atomic
def recall(*, answer: Answer, by: Any, concern: bool, now: datetime | None = None) -> None:
    """A person who sees released words reports them: they leave insights at once.

    A concern opens a case on the leads' clock; a name left in returns to the top of the desk, on the desk's clock. A
    concern opens a case even when the text was recalled before, perhaps for a name alone.
    """
    now = now or timezone.now()
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    _take_out(fresh, states.REPORT_CONCERN if concern else states.RECALL)
    drafts.forget(fresh)
    if concern:
        Lease.objects.filter(answer=fresh).delete()
        Reading.objects.filter(pk=fresh.pk).update(decision=Decision.TRIAGE, was_triaged=True, quotable=False)
        safeguarding.open_case(answer=fresh, by=by, priority="T2", why=CONCERN, now=now)
    elif fresh.sealed:
        _flag_reported(fresh, now)
    else:  # the raw text is erased: nobody can redact it again
        _set_state(fresh, AnswerState.NOT_USED)
    record("answer recalled", by=by, obj=fresh, concern=concern)
    answer.refresh_from_db()


def _flag_reported(answer: Answer, now: datetime) -> None:
    reason = {"rule": "reported", "category": "reported", "label": NAME_LEFT_IN, "start": None, "end": None}
    if not Screening.objects.filter(pk=answer.pk).exists():
        screen_answers([answer], now)
    screening = Screening.objects.get(pk=answer.pk)
    screening.flagged, screening.reasons = True, [reason, *screening.reasons]
    screening.priority = more_urgent(screening.priority, "T2")
    screening.save(update_fields=["flagged", "reasons", "priority"])
    answer.due = policies.first_read_due(flagged=True, priority=screening.priority, soon=answer.soon, now=now)
    answer.save(update_fields=["due"])


@transaction.atomic
def call_back(*, answer: Answer, by: Any) -> None:
    """A lead reopened the case: the answer returns to triage from any state."""
    fresh = Answer.objects.select_for_update().get(pk=answer.pk)
    _take_out(fresh, states.CALL_BACK)
    Reading.objects.filter(pk=fresh.pk).update(decision=Decision.TRIAGE, was_triaged=True, quotable=False)
    Lease.objects.filter(answer=fresh).delete()
    drafts.forget(fresh)
    record("answer called back to triage", by=by, obj=fresh)
