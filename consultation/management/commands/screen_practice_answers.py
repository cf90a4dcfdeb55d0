"""`manage.py screen_practice_answers`: write what screen and redaction say of the practice desk's answers."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from consultation.reading import redaction, screening
from consultation.reading.practice_desk.practice_answers import SCREENED, PracticeText, load_practice_texts


def screen_practice_text(one: PracticeText) -> dict[str, Any]:
    """What the screen and the redaction say of it, as fields of a Screening."""
    found = screening.screen_text(one.words, language="en")
    return {
        "order": [found.flagged, found.priority or "", found.language],
        "reasons": [asdict(reason) for reason in found.reasons],
        "spans": [asdict(span) for span in redaction.propose_spans(one.words, language="en")],
    }


class Command(BaseCommand):
    help = (
        "Screen the invented answers of the practice desk, and keep the result beside them, so that the process that"
        " shows the desk loads no model. After a change of the screen, its reasons or the answers."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [screen_practice_text(one) for one in load_practice_texts()[1]]
        SCREENED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Wrote {SCREENED.name}: {len(found)} answers.")
