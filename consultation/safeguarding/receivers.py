"""Receivers: an erased withdrawn text leaves a deletion marker, so that no restored backup brings it back; every leads'
page counts the sampled cases that wait."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.safeguarding.case_sample.actions import list_waiting_samples
from consultation.safeguarding.models import WithdrawnText
from consultation.safeguarding.signals import lead_context_asked


@receiver(post_delete, sender=WithdrawnText, dispatch_uid="safeguarding-tombstone")
def mark_withdrawn_text_deleted(sender: Any, *, instance: WithdrawnText, **kwargs: Any) -> None:
    record_deletion(DeletionKind.WITHDRAWN_TEXT, instance.pk)


@receiver(lead_context_asked, dispatch_uid="case-sample-count")
def count_waiting_samples(sender: Any, *, lead: Any, **kwargs: Any) -> dict[str, int]:
    return {"samples_waiting": list_waiting_samples(lead).count()}
