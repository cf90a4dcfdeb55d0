"""What must be so before a consultation opens: asked in one place, answered by whoever knows.

    @gate
    def somebody_reads(page): return ["Nobody reads on Monday 4 March."]

A gate is a function of the page as it would open. It answers with reasons in words, each with what to do; none: it may
open. Gates are asked at the last approval, when a date that was set for going live has come, on the day before it
opens, and before a last day is moved: what was true when someone approved may not be true any more.
"""

from collections.abc import Callable
from typing import Any

_gates: list[Callable[[Any], list[str]]] = []


def gate(function: Callable[[Any], list[str]]) -> Callable[[Any], list[str]]:
    if function not in _gates:
        _gates.append(function)
    return function


def why_not(page: Any) -> list[str]:
    """Why this page may not open as it stands, in words for officers; empty when it may."""
    return [reason for function in _gates for reason in function(page)]
