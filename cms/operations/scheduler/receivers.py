"""Answers to the desk and the leads' board: whether answers are being screened."""

from typing import Any

from django.dispatch import receiver

from cms.operations.scheduler.screening_watch import explain_stall, last_screened_at
from consultation.safeguarding.signals import warnings_asked


@receiver(warnings_asked, dispatch_uid="screening-watch")
def warn_of_stalled_screening(sender: Any, **kwargs: Any) -> str:
    """Empty where no worker ever ran: such a site is not in use yet."""
    return explain_stall() if last_screened_at() else ""
