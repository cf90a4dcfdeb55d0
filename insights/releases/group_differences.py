"""Which groups differ clearly from everyone else, in one released table of themes or answers by groups."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from insights.releases.share_statistics import (
    SLACK,
    Share,
    ShareEstimate,
    bonferroni_z,
    share_difference,
)
from insights.releases.stored_figures import is_no_answer


@dataclass(frozen=True)
class GroupDifference:
    """A row in one column beside the same row among everyone who is not in that column. `gap` is in percentage points,
    with its interval as if it were the only look; `table`: the one that it is in."""

    row: dict[str, Any]
    column: dict[str, str]
    share: Share
    rest: Share
    gap: ShareEstimate
    table: dict[str, Any] = field(repr=False)

    @property
    def more(self) -> bool:
        return self.gap.value > 0


def list_clear_differences(*tables: dict[str, Any]) -> tuple[int, list[GroupDifference]]:
    """(number of looks, differences whose interval excludes 0 with a Bonferroni correction for all looks, widest first).

    Only shown numbers are compared. Those who gave no answer are no group and no answer. Looks at several tables are
    corrected for all of them.
    """
    looks = [(table, *look) for table in tables for look in _list_looks(table)]
    z = bonferroni_z(len(looks))
    clear = [
        GroupDifference(row, column, share, rest, share_difference(share, rest), table)
        for table, row, column, share, rest in looks
        if not share_difference(share, rest, z).includes(0)
    ]
    return len(looks), sorted(clear, key=lambda one: (-abs(one.gap.value), one.row["label"], one.column["label"]))


def _list_looks(table: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, str], Share, Share]]:
    for row in table["rows"]:
        for column, cell, total in zip(table["columns"], row["cells"], table["column_totals"], strict=True):
            if is_no_answer(row) or is_no_answer(column) or row["id"] == column["id"]:
                continue
            share = _build_share(cell["value"], total["value"], SLACK)
            # Two numbers make the rest, each changed at random. A theme's cells are parts of its coded people, not of the
            # estimate that stands for the whole theme.
            whole = row.get("coded", row["value"])
            rest = _build_share(_less(whole, cell["value"]), _less(table["base"], total["value"]), 2 * SLACK)
            if share and rest:
                yield row, column, share, rest


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else max(0, whole - part)


def _build_share(people: int | None, base: int | None, spread: int) -> Share | None:
    """None where a number is hidden or nobody is left."""
    return None if people is None or not base else Share(max(0, min(people, base)), base, spread)
