"""Screening orders the reading of free text; it never decides. See MODEL_CARD.md for what it finds and misses."""

from consultation.reading.screening.screen import Reason, Screening, screen

ENGINE = "screen-1"

__all__ = ["ENGINE", "Reason", "Screening", "screen"]
