"""`manage.py train_screen`: train the screening model on the answers in the repository and write its model card."""

from typing import Any

from django.core.management.base import BaseCommand

from consultation.reading.model_training.screening_card import write_card
from consultation.reading.model_training.screening_training import nested_evaluation, train_screen


class Command(BaseCommand):
    help = (
        "Train the screen from the data beside it; writes screen.npz, urgency.npz, meaning.npz, encoder.npz and"
        " SCREENING_CARD.md. Done by hand, never silently."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        trained = train_screen()
        self.stdout.write("Trained. Measuring on authors left out, which takes a few minutes.")
        path = write_card(trained, nested_evaluation(trained["learned"]))
        self.stdout.write(f"Wrote {path.name}. Thresholds: {trained['model'].thresholds}")
