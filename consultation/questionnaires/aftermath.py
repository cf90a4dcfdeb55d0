"""Outcomes of closed consultations for public pages. Results live in a higher layer, which registers its lookup here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Became:
    """`said`: (interface text key, its days) about the promised answer; `results`: whether a results page exists."""

    said: list[tuple[str, dict[str, date]]] = field(default_factory=list)
    results: bool = False
    late: bool = False
    why: str = ""  # the public reason for a moved day
    why_in_english: bool = False
    # (id, name, whether it is only in English) of each summary that is open for member checks
    asks: list[tuple[int, str, bool]] = field(default_factory=list)

    @property
    def is_heard_of(self) -> bool:
        """Whether people can be asked if they heard back: results exist, or the answer is late."""
        return self.results or self.late


Question = Callable[[Iterable[Any], str], dict[int, Became]]
_ask: Question | None = None


def ask(question: Question) -> None:
    """Register `question(source pages, language)` -> {page id: outcome}, for pages that have closed or show results."""
    global _ask  # noqa: PLW0603  one answer for the process
    _ask = question


def became_of(pages: Iterable[Any], language: str) -> dict[int, Became]:
    return _ask(pages, language) if _ask else {}
