"""Estimates from the audit sample: the screen's recall with its 95% interval. Pure numbers, no database."""

from dataclasses import dataclass
from math import ceil

from consultation.domain.confidence_intervals import wilson_interval

FEWEST = 50
SHARE = 20  # one in twenty
DROPPED_SHARE = 10  # one in ten


def sample_size(population: int) -> int:
    """5%, at least 50, at most all."""
    return min(population, max(FEWEST, ceil(population / SHARE)))


def dropped_sample_size(population: int) -> int:
    """10%, at least one, at most all."""
    return ceil(population / DROPPED_SHARE)


@dataclass(frozen=True)
class AuditFigures:
    """One month's audit. `recall` estimates which share of the answers that told of harm the screen flagged."""

    drawn: int
    looked_at: int
    missed: int
    flagged_told: int
    unflagged_told: int
    unflagged_rest: int

    @property
    def open(self) -> int:
        return self.drawn - self.looked_at

    @property
    def recall(self) -> float | None:
        """None if nobody told of harm, or no sampled answer has a result yet."""
        if not self.looked_at and self.unflagged_rest:
            return None
        return self._estimate_recall(self.missed / self.looked_at if self.looked_at else 0.0)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of `recall`; without width if all unflagged answers were read again."""
        if self.recall is None:
            return None
        if self.looked_at >= self.unflagged_rest:
            return self.recall, self.recall
        low, high = wilson_interval(self.missed, self.looked_at) if self.looked_at else (0.0, 1.0)
        low = max(low, self.missed / self.unflagged_rest)  # the misses found are certain
        lowest, highest = self._estimate_recall(high), self._estimate_recall(low)
        return (lowest, highest) if lowest is not None and highest is not None else None

    def _estimate_recall(self, share: float) -> float | None:
        told = self.flagged_told + self.unflagged_told + share * self.unflagged_rest
        return self.flagged_told / told if told else None
