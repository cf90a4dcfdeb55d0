"""Whether the site is live. Public pages ask it by a signal."""

from typing import Any

from django.db import DatabaseError
from django.dispatch import receiver

from cms.operations.launch.models import Launch
from consultation.respondent_pages.signals import live_state_asked


def is_live() -> bool:
    """True if the database is unreachable, so that no wrong notice appears."""
    try:
        return Launch.objects.filter(live_since__isnull=False).exists()
    except DatabaseError:
        return True


@receiver(live_state_asked, dispatch_uid="launch-live-state")
def answer_live_state(sender: Any, **kwargs: Any) -> bool:
    return is_live()
