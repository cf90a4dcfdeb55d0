"""Marks fitted screens for a refit when an answer is deleted by withdrawal, erasure or retention."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from consultation.reading.model_retraining.actions import mark_refit_due
from consultation.reading.models import Reading
from consultation.responses.models import Answer


@receiver(pre_delete, sender=Answer, dispatch_uid="reading-retraining-words-are-gone")
def mark_for_refitting(sender: Any, instance: Answer, **kwargs: Any) -> None:
    """Only decided answers that are in figures could be learned from. Undoing a decision deletes no answer."""
    if Reading.objects.filter(pk=instance.pk, answer__response__excluded_from_figures=False).exists():
        mark_refit_due()
