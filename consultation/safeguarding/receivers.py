"""Receivers: an erased withdrawn text leaves a deletion marker, so that no restored backup brings it back."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from consultation.responses.tombstones import Taken, bury
from consultation.safeguarding import attached  # noqa: F401  (registers key rotation of attached answers)
from consultation.safeguarding.models import WithdrawnText


@receiver(post_delete, sender=WithdrawnText, dispatch_uid="safeguarding-tombstone")
def bury_withdrawn_text(sender: Any, *, instance: WithdrawnText, **kwargs: Any) -> None:
    bury(Taken.WITHDRAWN_TEXT, instance.pk)
