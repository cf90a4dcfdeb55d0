"""Texts that a public page shows under a theme: nobody can code such a text blind, so it is not coded twice.

Those pages belong to higher layers, which register a query for the ids (`insights.receivers`).
"""

from collections.abc import Callable, Iterable
from typing import Any

type TextIdsQuery = Callable[[], Iterable[Any]]
_query_text_ids: TextIdsQuery | None = None


def register_text_ids_query(question: TextIdsQuery) -> None:
    """Register the query: `question()` -> text ids, or a queryset of them."""
    global _query_text_ids  # noqa: PLW0603  one query a process
    _query_text_ids = question


def publicly_coded_text_ids() -> Iterable[Any]:
    return _query_text_ids() if _query_text_ids else ()
