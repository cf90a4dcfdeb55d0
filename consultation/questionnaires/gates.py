"""What must be so before a consultation opens: asked in one place, answered by whoever knows.

    @gate(title="Somebody reads", reason="...", where="readers:consultation")
    def somebody_reads(page): return ["Nobody reads on Monday 4 March."]

A gate is a function of the page as it would open. It answers with reasons in words, each with what to do; none: it may
open. Gates are asked at the last approval, when a date that was set for going live has come, on the day before it
opens, and before a last day is moved: what was true when someone approved may not be true any more. Officers see them
from the first draft on, beside the checks of its words: nobody should learn of one at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

type Look = Callable[[Any], list[str]]


@dataclass(frozen=True)
class Gate:
    look: Look
    title: str
    reason: str
    where: str  # the name of the page that mends it, by the id of the consultation


@dataclass(frozen=True)
class Shut:
    """A gate that does not hold, in words for officers, and where it is mended."""

    gate: Gate
    says: str
    url: str


_gates: dict[str, Gate] = {}


def gate(*, title: str, reason: str, where: str) -> Callable[[Look], Look]:
    def keep(look: Look) -> Look:
        _gates[f"{look.__module__}.{look.__qualname__}"] = Gate(look, title, reason, where)
        return look

    return keep


def shut(page: Any) -> list[Shut]:
    """The gates that this page, as it stands, does not pass; none for one that was never stored."""
    if not page.pk:
        return []
    return [
        Shut(each, says, reverse(each.where, args=[page.pk])) for each in _gates.values() for says in each.look(page)
    ]


def why_not(page: Any) -> list[str]:
    """Why this page may not open as it stands, in words for officers; empty when it may."""
    return [one.says for one in shut(page)]
