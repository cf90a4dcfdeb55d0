"""Of which texts everyone can read a theme: on a public page nobody is blind, so such a text is not coded twice.

Those pages are made further up; the site says here whom to ask (`insights.receivers`).
"""

from collections.abc import Callable, Iterable
from typing import Any

type Question = Callable[[], Iterable[Any]]
_ask: Question | None = None


def ask(question: Question) -> None:
    """`question()` -> ids of these texts, or a query for them."""
    global _ask  # noqa: PLW0603  one answer for the process
    _ask = question


def to_everyone() -> Iterable[Any]:
    return _ask() if _ask else ()
