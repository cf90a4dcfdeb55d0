"""Receivers of the reading desk: a lead calls an answer back to triage; a released text is recalled."""

from typing import Any

from django.dispatch import receiver

from consultation import handover
from consultation.audit.erasure import words_gone
from consultation.reading.actions import call_back
from consultation.responses.tombstones import Taken, bury
from consultation.safeguarding.signals import answer_called_back


@receiver(answer_called_back, dispatch_uid="reading-call-back")
def put_in_triage(sender: Any, *, answer: Any, by: Any, **kwargs: Any) -> None:
    call_back(answer=answer, by=by)


@receiver(handover.text_recalled, dispatch_uid="reading-tombstone")
def bury_recalled(sender: Any, *, answer: Any, **kwargs: Any) -> None:
    """The text must not come back with a backup, nor remain in a model that learned from it."""
    bury(Taken.TEXT, answer)
    words_gone.send(sender=sender, reason="recall", count=1)
