"""Texts that a public page shows under a theme: nobody can code such a text blind, so it is not coded twice.

Those pages belong to higher layers, which register a query for the ids (`insights.receivers`).
"""

from collections.abc import Callable, Iterable
from typing import Any

type Question = Callable[[], Iterable[Any]]
_ask: Question | None = None


def ask(question: Question) -> None:
    """Register the query: `question()` -> text ids, or a queryset of them."""
    global _ask  # noqa: PLW0603  one query a process
    _ask = question


def to_everyone() -> Iterable[Any]:
    return _ask() if _ask else ()
