"""Whether the site is live, remembered for PUBLISHED_SECONDS: public pages carry a notice until it is."""

import time
from collections.abc import Callable

from django.conf import settings

_live_check: Callable[[], bool] | None = None
_remembered: tuple[bool | None, float] = (None, 0.0)


def register_live_check(question: Callable[[], bool]) -> None:
    """Called by the launch checklist, which lies above this layer and so cannot be imported here."""
    global _live_check  # noqa: PLW0603  one answer for the process
    _live_check = question


def is_site_live() -> bool:
    known, until = _remembered
    if known is None or time.monotonic() >= until:
        known = _live_check() if _live_check else True
        remember_live(known, seconds=settings.PUBLISHED_SECONDS)
    return known


def remember_live(known: bool | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603
    _remembered = known, time.monotonic() + seconds


def forget_live() -> None:
    remember_live(None, seconds=0)
