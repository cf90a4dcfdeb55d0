"""Screening orders the reading of free text; it never decides. MODEL_CARD.md says what it finds and misses."""

from consultation.reading.screening.reasons import Reason
from consultation.reading.screening.screen import Screening, engine, screen, screen_many

__all__ = ["Reason", "Screening", "engine", "screen", "screen_many"]
