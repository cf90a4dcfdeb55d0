"""`manage.py train_redaction`: train the redaction tagger on the marked answers in the repository."""

from typing import Any

from django.core.management.base import BaseCommand

from consultation.reading.model_training.tagger_training import train_tagger


class Command(BaseCommand):
    help = (
        "Train the tagger beside the rules of redaction; writes tagger.crf.gz (some minutes). "
        "The same data gives the same weights."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Learned from {train_tagger()} answers.")
