"""Outcomes of closed consultations for public pages. Results live in a higher layer,
which answers a signal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consultation.domain.signal_values import collect_return_values
from consultation.surveys.signals import outcomes_asked


@dataclass(frozen=True)
class ConsultationOutcome:
    """`said`: (interface text key, its days) about the promised answer; `results`: whether a results page exists."""

    said: list[tuple[str, dict[str, date]]] = field(default_factory=list)
    results: bool = False
    late: bool = False
    why: str = ""  # the public reason for a moved day
    why_in_english: bool = False
    # (id, name, whether it is only in English) of each summary that is open for member checks
    asks: list[tuple[int, str, bool]] = field(default_factory=list)

    @property
    def has_reportable_outcome(self) -> bool:
        """Whether people can be asked if they heard back: results exist, or the answer is late."""
        return self.results or self.late


def find_outcomes(pages: Iterable[Any], language: str) -> dict[int, ConsultationOutcome]:
    """{page id: outcome} of those source pages that have closed or show results."""
    found: dict[int, ConsultationOutcome] = {}
    for answer in collect_return_values(outcomes_asked, pages=pages, language=language):
        found |= answer
    return found
