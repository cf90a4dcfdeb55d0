"""Receivers: an erased withdrawn text leaves a deletion marker, so that no restored backup brings it back."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.safeguarding.models import WithdrawnText


@receiver(post_delete, sender=WithdrawnText, dispatch_uid="safeguarding-tombstone")
def mark_withdrawn_text_deleted(sender: Any, *, instance: WithdrawnText, **kwargs: Any) -> None:
    record_deletion(DeletionKind.WITHDRAWN_TEXT, instance.pk)
