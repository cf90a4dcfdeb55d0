"""How many people answered a question of the bank, where it was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal

from consultation.domain.signal_answers import collect_answers
from consultation.surveys.starting_points.question_bank import QuestionUse

response_rates_asked = Signal()  # kwargs uses -> [ResponseRate] of each use, from figures after disclosure control


@dataclass(frozen=True)
class ResponseRate:
    """Percent of the people who were shown the question; None if suppressed."""

    page: Any
    answered: int | None = None
    refused: int | None = None
    of_all: bool = True
    released: bool = False


def find_response_rates(uses: Sequence[QuestionUse]) -> list[ResponseRate]:
    answers = collect_answers(response_rates_asked, uses=uses)
    return answers[0] if answers else [ResponseRate(use.page) for use in uses]
