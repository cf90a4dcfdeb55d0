"""Outcomes of closed consultations for public pages. Results live in a higher layer, which registers its lookup here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


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


OutcomeLookup = Callable[[Iterable[Any], str], dict[int, ConsultationOutcome]]
_outcome_lookup: OutcomeLookup | None = None


def register_outcome_lookup(question: OutcomeLookup) -> None:
    """Register `question(source pages, language)` -> {page id: outcome}, for pages that have closed or show results."""
    global _outcome_lookup  # noqa: PLW0603  one answer for the process
    _outcome_lookup = question


def find_outcomes(pages: Iterable[Any], language: str) -> dict[int, ConsultationOutcome]:
    return _outcome_lookup(pages, language) if _outcome_lookup else {}
