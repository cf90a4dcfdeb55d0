"""Publication conditions: rooms above answer one signal, which is asked before a consultation opens.

A receiver of `publication_conditions_asked` takes the page as it would open, and answers with a BlockedReason for each
failed condition: why the page may not open, and what to do; none if it may. Conditions are checked at the last approval,
on a scheduled go-live date, on the day before opening, and before the last day is moved, because they may fail after the
approval. Officers see them beside the findings from the first draft.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consultation.domain.signal_values import collect_return_values
from consultation.surveys.signals import publication_conditions_asked


@dataclass(frozen=True)
class PublicationCondition:
    title: str
    reason: str
    where: str  # the URL name of the page to fix it on; takes the id of the consultation

    def block(self, page: Any, says: str) -> "BlockedReason":
        return BlockedReason(self, says, reverse(self.where, args=[page.pk]))


@dataclass(frozen=True)
class BlockedReason:
    """A failed condition: a sentence for officers, and the address to fix it at."""

    gate: PublicationCondition
    says: str
    url: str


def list_blocked_reasons(page: Any) -> list[BlockedReason]:
    """The publication conditions that this page fails; none for an unsaved page."""
    if not page.pk:
        return []
    return [reason for answer in collect_return_values(publication_conditions_asked, page=page) for reason in answer]


def explain_blocked(page: Any) -> list[str]:
    """The sentences for officers that say why this page may not open; empty if it may."""
    return [one.says for one in list_blocked_reasons(page)]
