"""Tables of people: counts before disclosure control and cells after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from insights.disclosure.disclosure_rules import ROUNDED, DisclosureRules

SMALL, NEAR_WHOLE, SECONDARY, INTERVAL, LINKED = "small", "near-whole", "secondary", "interval", "linked"
STRUCTURAL = "structural"


class TableRefused(Exception):
    """A table that may not be shown at all. `reason` is "base", "dimensions" or "interval"."""

    def __init__(self, reason: str, words: str):
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True)
class CountTable:
    """Counts of people, never of mentions: `counts[row][column]`; a one-way table has one count a row.

    In a table with `multi` a person may stand in several rows (a question with several answers, themes), so
    rows do not add up to the base: each row is its own yes/no against `bases`, the people of each column.
    Columns divide the people: add a column "not given" where some are in none. Where a person may be in several
    columns, `totals` has the people of each row and of the table, which is then perturbed but never suppressed.
    `exclusive` rows of a `multi` table ("none of these") rule the others out.
    """

    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    columns: tuple[str, ...] = ()
    bases: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    structural: frozenset[tuple[int, int]] = frozenset()
    exclusive: frozenset[int] = frozenset()
    filters: tuple[str, ...] = ()

    def __post_init__(self):
        width = max(1, len(self.columns))
        if len(self.counts) != len(self.rows) or any(len(row) != width for row in self.counts):
            raise ValueError("counts must have one row a label and one number a column")
        if self.bases and len(self.bases) != width:
            raise ValueError("a table with several answers a person needs the people of each column")
        if self.totals and len(self.totals) != len(self.rows) + 1:
            raise ValueError("a table whose columns overlap needs the people of each row, and of all")
        if any(count < 0 for row in self.counts for count in row):
            raise ValueError("counts are people")
        if any(self.counts[i][j] for i, j in self.structural):
            raise ValueError("a structural zero is zero")
        if any(count > base for row in self.counts for count, base in zip(row, self.bases, strict=False)):
            raise ValueError("a row cannot hold more people than its base")

    @classmethod
    def one_way(cls, counts: dict[str, int], *, base: int | None = None, structural: Sequence[str] = (), **more):
        """`base` only for a question with several answers a person."""
        rows = tuple(counts)
        return cls(
            rows=rows,
            counts=tuple((count,) for count in counts.values()),
            bases=() if base is None else (base,),
            structural=frozenset((rows.index(label), 0) for label in structural),
            **more,
        )

    @property
    def multi(self) -> bool:
        return bool(self.bases)

    @property
    def two_way(self) -> bool:
        return bool(self.columns)

    @property
    def is_mirrored(self) -> bool:
        """Whether its columns are its rows, so that the people of one and of another stand in two cells."""
        return self.two_way and self.columns == self.rows

    @property
    def dimensions(self) -> int:
        return 1 + self.two_way + len(self.filters)

    @cached_property
    def grid(self) -> np.ndarray:
        """All figures: the counts, a last row of column totals, and for two-way tables a last column of row totals."""
        inner = np.array(self.counts, dtype=np.int64).reshape(len(self.rows), -1)
        grid = np.vstack([inner, self.bases if self.multi else inner.sum(axis=0)])
        if not self.two_way:
            return grid
        last = np.array(self.totals).reshape(-1, 1) if self.totals else grid.sum(axis=1, keepdims=True)
        return np.hstack([grid, last])

    @property
    def base(self) -> int:
        return int(self.grid[-1, -1])


@dataclass(frozen=True)
class ProtectedCell:
    """One figure as it may be shown. `rule` is what hid it; a released table has no rules."""

    value: int | None
    symbol: str = ""
    rule: str = ""

    @property
    def hidden(self) -> bool:
        return self.value is None

    def say(self) -> str:
        return self.symbol if self.value is None else f"about {self.value}"


@dataclass(frozen=True)
class ProtectedTable:
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    grid: tuple[tuple[ProtectedCell, ...], ...] = field(repr=False)
    multi: bool = False
    rules: DisclosureRules = ROUNDED

    def cell(self, row: int, column: int = 0) -> ProtectedCell:
        return self.grid[row][column]

    @property
    def cells(self) -> tuple[tuple[ProtectedCell, ...], ...]:
        return tuple(row[: max(1, len(self.columns))] for row in self.grid[:-1])

    @property
    def row_totals(self) -> tuple[ProtectedCell, ...]:
        return tuple(row[-1] for row in self.grid[:-1])

    @property
    def column_totals(self) -> tuple[ProtectedCell, ...]:
        return self.grid[-1][: max(1, len(self.columns))]

    @property
    def total(self) -> ProtectedCell:
        return self.grid[-1][-1]

    def percent(self, row: int, column: int = 0, *, of: str = "column") -> int | None:
        """Whole percent from the two rounded figures, or None where one is hidden or the base is too small."""
        base = {"column": self.grid[-1][column], "row": self.grid[row][-1], "total": self.total}[of].value
        value = self.grid[row][column].value
        if value is None or base is None or base < self.rules.min_group or value > base:
            return None
        return round(100 * value / base)

    def released(self) -> "ProtectedTable":
        """The same without the rules: which of two hidden figures is the small one would itself be a disclosure."""
        return replace(self, grid=tuple(tuple(replace(cell, rule="") for cell in row) for row in self.grid))
