"""`manage.py train_event_linter`: fit the linter of event questions to the lines beside it."""

import gzip
from typing import Any

from django.core.management.base import BaseCommand

from consultation.surveys.validation.event_model import WEIGHTS
from consultation.surveys.validation.event_training import fit_event_model, read_questions


class Command(BaseCommand):
    help = "Fit the linter of event questions to consultation/surveys/validation/event_questions/; writes its weights."

    def handle(self, *args: Any, **options: Any) -> None:
        events, harmless = read_questions("events"), read_questions("harmless")
        WEIGHTS.write_bytes(gzip.compress(fit_event_model(events, harmless).tobytes(), mtime=0))
        self.stdout.write(f"Fitted to {len(events)} questions about an event and {len(harmless)} harmless ones.")
