"""What the desk does when the leads, one layer below, say something."""

from typing import Any

from django.dispatch import receiver

from consultation.reading.actions import call_back
from consultation.safeguarding.signals import answer_called_back


@receiver(answer_called_back, dispatch_uid="reading-call-back")
def put_in_triage(sender: Any, *, answer: Any, by: Any, **kwargs: Any) -> None:
    call_back(answer=answer, by=by)
