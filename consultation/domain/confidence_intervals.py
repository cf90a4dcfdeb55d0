"""Intervals of a share (Wilson's, which holds at small bases and near 0 and 100 percent) and of two shares' difference."""

from math import hypot, sqrt
from typing import NamedTuple

Z95 = 1.959963984540054


class Interval(NamedTuple):
    low: float
    high: float

    def percent(self) -> tuple[int, int]:
        return round(100 * self.low), round(100 * self.high)


def wilson_interval(successes: int, n: int, z: float = Z95, *, noise: float = 0.0) -> Interval:
    """The interval of `successes` among `n`, as parts of one.

    Takes shown figures only: an interval of exact counts would disclose them. `noise` is the standard deviation, in
    people, of what disclosure control added to `successes`.
    """
    if not 0 <= successes <= n or n == 0:
        raise ValueError("successes must lie between 0 and n, and n be positive")
    share, spread = successes / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    half = hypot(half, z * noise / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def newcombe_interval(one: tuple[int, int], other: tuple[int, int], z: float = Z95) -> Interval:
    """The interval of the share `one` minus the share `other`, each (successes, n), from their Wilson intervals
    (Newcombe 1998, method 10)."""
    a, b = wilson_interval(*one, z), wilson_interval(*other, z)
    low, high = difference_interval((one[0] / one[1], *a), (other[0] / other[1], *b))
    return Interval(max(-1.0, low), min(1.0, high))


def difference_interval(one: tuple[float, float, float], other: tuple[float, float, float]) -> Interval:
    """The interval of `one` minus `other`, each (value, low, high) in one unit, by Newcombe's square and add."""
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    return Interval(a - b - hypot(a - a_low, b_high - b), a - b + hypot(a_high - a, b - b_low))


def format_signed(number: float) -> str:
    """A whole number with a sign; the minus is U+2212, which screen readers do not take for a hyphen."""
    whole = round(number)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole else "0"


def format_points(value: float, low: float, high: float) -> str:
    """“+5 (−3 to +13)”."""
    return f"{format_signed(value)} ({format_signed(low)} to {format_signed(high)})"
