"""The invented answers of the practice desk, as the screen shows them, and what a lead says of a decision."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from consultation.reading.models import Screening
from consultation.reading.seeded_answers.actions import parse_seeded_text

FILE = Path(__file__).parent / "practice_answers.yaml"
SCREENED = FILE.with_name("practice_screenings.json")  # by manage.py screen_practice_answers


@dataclass(frozen=True)
class PracticeText:
    """One invented answer. `lead`: the buttons that a lead would press, the first of them by choice."""

    number: int
    words: str
    names: tuple[tuple[int, int], ...]
    lead: tuple[str, ...]
    why: str

    def screen(self) -> Screening:
        """What the screen said of it, unsaved."""
        return Screening(**_load_screenings()[self.number - 1])

    def list_left_in(self, hidden: Collection[dict[str, Any]]) -> list[str]:
        """The words that had to be hidden and are not, or in part alone."""
        covered = {at for span in hidden for at in range(span["start"], span["end"])}
        return [self.words[start:end] for start, end in self.names if not covered >= set(range(start, end))]


@cache
def _load_screenings() -> list[dict[str, Any]]:
    return json.loads(SCREENED.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def load_practice_texts() -> tuple[str, list[PracticeText]]:
    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = []
    for number, row in enumerate(stored["answers"], 1):
        seed = parse_seeded_text(row["words"], "")
        found.append(PracticeText(number, seed.words, seed.names, tuple(row["lead"]), row["why"]))
    return stored["question"], found
