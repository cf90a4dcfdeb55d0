"""Receivers of the reading desk: a lead calls an answer back to triage, or asks why it was flagged; a released text
is recalled."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from consultation.audit.erasure_types import words_erased
from consultation.reading.actions import call_back_to_triage, return_to_desk
from consultation.reading.models import Lease, Screening
from consultation.reading.redaction_marks import name_reasons
from consultation.reading.urgent_alerts import iter_undecided_t1_timings
from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.responses.models import AnswerState
from consultation.responses.signals import text_recalled
from consultation.safeguarding.alerts import TimedItem
from consultation.safeguarding.signals import (
    answer_recalled,
    answer_returned,
    case_claimed,
    person_stopped,
    reasons_asked,
    timed_items_asked,
)


@receiver(answer_recalled, dispatch_uid="reading-call-back")
def put_answer_in_triage(sender: Any, *, answer: Any, by: Any, **kwargs: Any) -> None:
    call_back_to_triage(answer=answer, by=by)


@receiver(case_claimed, dispatch_uid="reading-end-clock")
def end_clock(sender: Any, *, answer: UUID, **kwargs: Any) -> None:
    Screening.objects.filter(pk=answer, answer__state=AnswerState.TRIAGE).update(clock=None)


@receiver(timed_items_asked, dispatch_uid="reading-unread-t1")
def time_undecided_t1(sender: Any, **kwargs: Any) -> Iterator[TimedItem]:
    return iter_undecided_t1_timings()


@receiver(person_stopped, dispatch_uid="reading-end-leases")
def free_open_answers(sender: Any, *, person: Any, **kwargs: Any) -> None:
    """Colleagues may read at once what this reader had open."""
    Lease.objects.filter(reader=person).delete()


@receiver(answer_returned, dispatch_uid="reading-return")
def put_answer_on_desk(sender: Any, *, answer: Any, now: Any, **kwargs: Any) -> None:
    return_to_desk(answer=answer, now=now)


@receiver(reasons_asked, dispatch_uid="reading-reasons")
def list_flag_labels(sender: Any, *, answers: list[UUID], **kwargs: Any) -> dict[UUID, list[str]]:
    found = Screening.objects.filter(pk__in=answers)
    return {row.pk: name_reasons(row.list_reasons()) for row in found if row.flagged}


@receiver(text_recalled, dispatch_uid="reading-tombstone")
def record_recalled_text(sender: Any, *, answer: Any, **kwargs: Any) -> None:
    """The text must not come back with a backup, nor remain in a model that learned from it."""
    record_deletion(DeletionKind.TEXT, answer)
    words_erased.send(sender=sender, reason="recall", count=1)
