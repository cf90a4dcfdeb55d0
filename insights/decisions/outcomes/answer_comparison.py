"""Compare an answer to the same question in the releases of two waves: the change with its interval, or why there is none.

Uses shown figures alone. Disclosure control changed them a little, so the interval covers nearly every count that a
shown figure may stand for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from consultation.domain.confidence_intervals import newcombe_interval
from insights.disclosure.disclosure_presets import rules_for
from insights.disclosure.disclosure_rules import DisclosureRules


class IncomparableReason(StrEnum):
    FIRST = "first"
    WORDS = "words"
    CHOICES = "choices"
    PEOPLE = "people"
    SMALL = "small"


REASON_TEXTS = {
    IncomparableReason.FIRST: "It was not asked in the earlier wave.",
    IncomparableReason.WORDS: "It was asked in other words.",
    IncomparableReason.CHOICES: "There were other answers to choose from.",
    IncomparableReason.PEOPLE: "Other people were asked.",
    IncomparableReason.SMALL: "A number is hidden or too small in one of them.",
}


@dataclass(frozen=True)
class AnswerChange:
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
class ReleaseQuestion:
    """A question with its figures in one release; `audience` is that of the consultation."""

    consultation: int
    audience: str
    title: str
    table: Mapping[str, Any]
    rules: DisclosureRules | None = None  # the release's

    def row(self, option: str) -> Mapping[str, Any] | None:
        return next((row for row in self.table.get("rows", []) if row["id"] == option), None)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return sorted((row["id"], row["label"]) for row in self.table.get("rows", []))


def compare_answers(
    before: ReleaseQuestion | None, after: ReleaseQuestion, option: str
) -> AnswerChange | IncomparableReason:
    if before is None:
        return IncomparableReason.FIRST
    if before.audience != after.audience:
        return IncomparableReason.PEOPLE
    if before.title != after.title:
        return IncomparableReason.WORDS
    if "refused" in before.table or "refused" in after.table:
        return IncomparableReason.SMALL
    if before.choices != after.choices:
        return IncomparableReason.CHOICES
    rows = before.row(option), after.row(option)
    if any(row is None or row["percent"] is None for row in rows):
        return IncomparableReason.SMALL
    spread = max((one.rules or rules_for()).spread for one in (before, after))
    shares = [(row["value"], one.table["base"]) for row, one in zip(rows, (before, after), strict=True) if row]
    return _estimate_change(shares[0], shares[1], spread)


def _estimate_change(before: tuple[int, int], after: tuple[int, int], spread: int) -> AnswerChange:
    points = round(100 * (after[0] / after[1] - before[0] / before[1]))
    pairs = list(product(_possible_counts(*before, spread), _possible_counts(*after, spread)))
    low, high = (
        pick(newcombe_interval(after, before)[at] for before, after in pairs) for at, pick in enumerate((min, max))
    )
    return AnswerChange(points, round(100 * low), round(100 * high))


def _possible_counts(people: int, base: int, spread: int) -> list[tuple[int, int]]:
    """The extreme (people, base) pairs that a shown share may stand for."""
    fewest, most = max(1, base - spread), base + spread
    return [(max(0, people - spread), most), (min(people + spread, fewest), fewest)]
