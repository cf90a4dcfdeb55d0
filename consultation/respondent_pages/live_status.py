"""Whether the site is live, remembered for PUBLISHED_SECONDS: public pages carry a notice until it is."""

import time

from django.conf import settings

from consultation.domain.signal_answers import collect_answers
from consultation.respondent_pages.signals import live_state_asked

_remembered: tuple[bool | None, float] = (None, 0.0)


def is_site_live() -> bool:
    known, until = _remembered
    if known is None or time.monotonic() >= until:
        known = all(collect_answers(live_state_asked))
        remember_live(known, seconds=settings.PUBLISHED_SECONDS)
    return known


def remember_live(known: bool | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603
    _remembered = known, time.monotonic() + seconds


def forget_live() -> None:
    remember_live(None, seconds=0)
