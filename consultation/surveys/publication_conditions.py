"""Publication conditions: registered by any layer, checked in one place before a consultation opens.

    @publication_condition(title="Somebody reads", reason="...", where="readers:consultation")
    def has_readers(page): return ["Nobody reads on Monday 4 March."]

A condition takes the page as it would open, and returns sentences that say why it may not and what to do; none if it
may. Conditions are checked at the last approval, on a scheduled go-live date, on the day before opening, and before the
last day is moved, because they may fail after the approval. Officers see them beside the findings from the first draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

type ConditionCheck = Callable[[Any], list[str]]


@dataclass(frozen=True)
class PublicationCondition:
    look: ConditionCheck
    title: str
    reason: str
    where: str  # the URL name of the page to fix it on; takes the id of the consultation


@dataclass(frozen=True)
class BlockedReason:
    """A failed condition: a sentence for officers, and the address to fix it at."""

    gate: PublicationCondition
    says: str
    url: str


_conditions: dict[str, PublicationCondition] = {}


def publication_condition(*, title: str, reason: str, where: str) -> Callable[[ConditionCheck], ConditionCheck]:
    def keep(look: ConditionCheck) -> ConditionCheck:
        _conditions[f"{look.__module__}.{look.__qualname__}"] = PublicationCondition(look, title, reason, where)
        return look

    return keep


def list_blocked_reasons(page: Any) -> list[BlockedReason]:
    """The publication conditions that this page fails; none for an unsaved page."""
    if not page.pk:
        return []
    return [
        BlockedReason(each, says, reverse(each.where, args=[page.pk]))
        for each in _conditions.values()
        for says in each.look(page)
    ]


def explain_blocked(page: Any) -> list[str]:
    """The sentences for officers that say why this page may not open; empty if it may."""
    return [one.says for one in list_blocked_reasons(page)]
