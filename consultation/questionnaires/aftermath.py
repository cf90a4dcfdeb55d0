"""What became of a consultation, for the pages that speak of it here: results and decisions are made further up, and
the site says here whom to ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Became:
    """`said`: (key of the words, their days) about the promise of an answer; `results`: whether there is a page of them."""

    said: list[tuple[str, dict[str, date]]] = field(default_factory=list)
    results: bool = False
    late: bool = False
    why: str = ""  # of a day that was moved, in words for everyone
    why_in_english: bool = False
    # (id, name, whether it is only in English) of each summary that people may still say we got right or wrong
    asks: list[tuple[int, str, bool]] = field(default_factory=list)

    @property
    def is_heard_of(self) -> bool:
        """Whether there is something to have heard, or to have waited for: only then are people asked if they did."""
        return self.results or self.late


Question = Callable[[Iterable[Any], str], dict[int, Became]]
_ask: Question | None = None


def ask(question: Question) -> None:
    """`question(source pages, language)` -> {id of a page: Became}, for those that have closed or show results."""
    global _ask  # noqa: PLW0603  one answer for the process
    _ask = question


def became_of(pages: Iterable[Any], language: str) -> dict[int, Became]:
    return _ask(pages, language) if _ask else {}
