"""Withdrawal, erasure and retention all delete an answer: what learned from readings hears of it."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from consultation.reading.models import Reading
from consultation.reading.retraining.actions import words_are_gone
from consultation.responses.models import Answer


@receiver(pre_delete, sender=Answer, dispatch_uid="reading-retraining-words-are-gone")
def mark_for_refitting(sender: Any, instance: Answer, **kwargs: Any) -> None:
    """Only words that someone had decided on could be learned from, and none of a flood or for practice; a decision
    that is undone erases no words."""
    if Reading.objects.filter(pk=instance.pk, answer__response__held=False).exists():
        words_are_gone()
