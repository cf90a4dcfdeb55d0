"""Compare an answer to the same question in two releases: the change with its interval, or why there is none.

Uses shown figures alone. They are rounded and may lag (reports.policies), so the interval covers every count that a
shown figure may stand for. People who are in both releases make the true interval narrower, never wider.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import sqrt
from typing import Any

from insights.reports.disclosure.rules import DEFAULT
from insights.reports.intervals import wilson

ROUNDED = DEFAULT.round_to // 2
LAGGED = ROUNDED + DEFAULT.threshold  # a consultation's next release keeps a figure that few people changed


class WhyNot(StrEnum):
    FIRST = "first"
    WORDS = "words"
    CHOICES = "choices"
    PEOPLE = "people"
    SMALL = "small"


SAID = {
    WhyNot.FIRST: "It was not asked in the earlier release.",
    WhyNot.WORDS: "It was asked in other words.",
    WhyNot.CHOICES: "There were other answers to choose from.",
    WhyNot.PEOPLE: "Other people were asked.",
    WhyNot.SMALL: "A number is hidden or too small in one of them.",
}


@dataclass(frozen=True)
class Change:
    """Change in percentage points of the people who answered; `low` to `high` is the 95 % interval."""

    points: int
    low: int
    high: int

    @property
    def direction(self) -> str:
        return "more" if self.low > 0 else "fewer" if self.high < 0 else "same"

    def stored(self) -> dict[str, int]:
        return {"points": self.points, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Asked:
    """A question with its figures in one release; `audience` is that of the consultation."""

    consultation: int
    audience: str
    title: str
    table: Mapping[str, Any]

    def row(self, option: str) -> Mapping[str, Any] | None:
        return next((row for row in self.table.get("rows", []) if row["id"] == option), None)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return sorted((row["id"], row["label"]) for row in self.table.get("rows", []))


def compare(before: Asked | None, after: Asked, option: str) -> Change | WhyNot:
    if before is None:
        return WhyNot.FIRST
    if refused := _differently_asked(before, after):
        return refused
    rows = before.row(option), after.row(option)
    if any(row is None or row["percent"] is None for row in rows):
        return WhyNot.SMALL
    slack = LAGGED if before.consultation == after.consultation else ROUNDED
    shares = [(row["value"], one.table["base"]) for row, one in zip(rows, (before, after), strict=True) if row]
    return _change(*shares, slack=slack)


def _differently_asked(before: Asked, after: Asked) -> WhyNot | None:
    if before.audience != after.audience:
        return WhyNot.PEOPLE
    if before.title != after.title:
        return WhyNot.WORDS
    if "refused" in before.table or "refused" in after.table:
        return WhyNot.SMALL
    return WhyNot.CHOICES if before.choices != after.choices else None


def _change(before: tuple[int, int], after: tuple[int, int], *, slack: int) -> Change:
    points = round(100 * (after[0] / after[1] - before[0] / before[1]))
    pairs = list(product(_behind(*before, ROUNDED), _behind(*after, slack)))
    low, high = (pick(_newcombe(*pair)[at] for pair in pairs) for at, pick in enumerate((min, max)))
    return Change(points, round(100 * low), round(100 * high))


def _behind(people: int, base: int, slack: int) -> list[tuple[int, int]]:
    """The extreme (people, base) pairs that a shown share may stand for."""
    fewest, most = max(1, base - slack), base + slack
    return [(max(0, people - slack), most), (min(people + slack, fewest), fewest)]


def _newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Newcombe's interval for the difference of two shares, from their Wilson intervals (1998, method 10)."""
    first, then = before[0] / before[1], after[0] / after[1]
    one, other = wilson(*before), wilson(*after)
    low = then - first - sqrt((then - other.low) ** 2 + (one.high - first) ** 2)
    high = then - first + sqrt((other.high - then) ** 2 + (first - one.low) ** 2)
    return max(-1.0, low), min(1.0, high)
