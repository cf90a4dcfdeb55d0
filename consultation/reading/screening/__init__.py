"""Screening orders the reading of free text; it never decides. SCREENING_CARD.md says what it finds and misses."""

from consultation.reading.screening.flag_reasons import FlagReason
from consultation.reading.screening.screener import (
    ScreeningResult,
    engine_version,
    screen_text,
    screen_texts,
    sounds_urgent,
)

__all__ = ["FlagReason", "ScreeningResult", "engine_version", "screen_text", "screen_texts", "sounds_urgent"]
