"""Withdrawal, erasure and retention all end in a reading that is deleted: what learned from readings hears of it."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from consultation.reading.models import Reading
from consultation.reading.retraining.actions import words_are_gone


@receiver(post_delete, sender=Reading, dispatch_uid="reading-retraining-words-are-gone")
def mark_for_refitting(sender: Any, instance: Reading, **kwargs: Any) -> None:
    words_are_gone()
