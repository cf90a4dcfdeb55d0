"""Redaction: proposes spans of personal data, and replaces spans with tags."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from consultation.domain.personal_data_types import TYPES
from consultation.reading.redaction.personal_data_spans import Span, replace_with_tags

if TYPE_CHECKING:
    from consultation.reading.redaction.officer_lists import OfficerLists

__all__ = ["TYPES", "Span", "propose_spans", "replace_with_tags"]


def propose_spans(
    text: str, *, allowed: Collection[str] = (), language: str | None = None, local: "OfficerLists | None" = None
) -> list[Span]:
    """`span_proposals.propose_spans`. Its rules take 0.4 s to compile, so they load with the first text: a process that
    only serves pages never loads them."""
    from consultation.reading.redaction import span_proposals
    from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS

    return span_proposals.propose_spans(text, allowed=allowed, language=language, local=local or NO_OFFICER_LISTS)
