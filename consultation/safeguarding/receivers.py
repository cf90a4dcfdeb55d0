"""Words that were taken back and then read must not come back with a backup."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from consultation.responses.tombstones import Taken, bury
from consultation.safeguarding import attached  # noqa: F401  (keys that change reach what is attached)
from consultation.safeguarding.models import WithdrawnText


@receiver(post_delete, sender=WithdrawnText, dispatch_uid="safeguarding-tombstone")
def bury_withdrawn_text(sender: Any, *, instance: WithdrawnText, **kwargs: Any) -> None:
    bury(Taken.WITHDRAWN_TEXT, instance.pk)
