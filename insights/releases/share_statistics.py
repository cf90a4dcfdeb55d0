"""Difference of two shares, with its interval, from shown numbers alone.

Shown numbers are changed a little at random, so the true count may be a few people off. Every interval covers nearly all
these counts, so that the change alone makes no difference look real.
"""

from dataclasses import dataclass
from statistics import NormalDist

from consultation.domain.confidence_intervals import Z95, format_points, newcombe_interval
from insights.disclosure.disclosure_presets import rules_for

SLACK = rules_for().spread


@dataclass(frozen=True)
class Share:
    """`people` of `base`, both as shown."""

    people: int
    base: int
    spread: int = SLACK  # how far random changes may have moved `people`

    def __post_init__(self) -> None:
        if not 0 <= self.people <= self.base or not self.base:
            raise ValueError("a share is of people among at least as many")

    @property
    def part(self) -> float:
        return self.people / self.base

    @property
    def percent(self) -> int:
        return round(100 * self.part)

    @property
    def counts(self) -> tuple[int, int]:
        return self.people, self.base

    def moved(self, by: int) -> "Share":
        return Share(min(self.base, max(0, self.people + by)), self.base, self.spread)


@dataclass(frozen=True)
class ShareEstimate:
    value: float
    low: float
    high: float

    @property
    def in_points(self) -> str:
        return format_points(self.value, self.low, self.high)

    def includes(self, nothing: float) -> bool:
        """Whether the interval includes the value of no difference."""
        return self.low <= nothing <= self.high


def bonferroni_z(looks: int) -> float:
    """z for `looks` simultaneous comparisons (Bonferroni): all intervals together hold 95 % of the time."""
    return Z95 if looks <= 1 else NormalDist().inv_cdf(1 - 0.025 / looks)


def share_difference(one: Share, other: Share, z: float = Z95) -> ShareEstimate:
    """`one` minus `other` in percentage points, with Newcombe's interval (from two Wilson intervals)."""
    low = newcombe_interval(one.moved(-one.spread).counts, other.moved(other.spread).counts, z).low
    high = newcombe_interval(one.moved(one.spread).counts, other.moved(-other.spread).counts, z).high
    return ShareEstimate(*(100 * part for part in (one.part - other.part, low, high)))
