"""Whether the site is live, remembered for PUBLISHED_SECONDS: public pages carry a notice until it is."""

import time
from collections.abc import Callable

from django.conf import settings

_ask: Callable[[], bool] | None = None
_remembered: tuple[bool | None, float] = (None, 0.0)


def ask(question: Callable[[], bool]) -> None:
    """Called by the launch checklist, which lies above this layer and so cannot be imported here."""
    global _ask  # noqa: PLW0603  one answer for the process
    _ask = question


def is_live() -> bool:
    known, until = _remembered
    if known is None or time.monotonic() >= until:
        known = _ask() if _ask else True
        remember(known, seconds=settings.PUBLISHED_SECONDS)
    return known


def remember(known: bool | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603
    _remembered = known, time.monotonic() + seconds


def forget() -> None:
    remember(None, seconds=0)
