"""Protects a table by cell keys: each number is changed a little, then small ones are named instead of shown.

No number is hidden because another one is, and parts need not add up to their total. One exception: where rows stand
beside themselves (themes by themes), the same people are in two cells, and what one of them hides the other does too.
"""

from collections.abc import Callable

import numpy as np

from insights.disclosure.disclosure_rules import NEARLY_ALL, NEARLY_ALL_OF_ROW, DisclosureRules, fewer_than
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.disclosure.protected_tables import CountTable, ProtectedCell, ProtectedTable, TableRefused


def perturb_table(
    table: CountTable,
    cell_keys: np.ndarray,
    noise: ReleaseNoise,
    rules: DisclosureRules,
    sensitive: frozenset[str] = frozenset(),
) -> ProtectedTable:
    """The table as it may be shown, or `TableRefused`. `cell_keys` has the shape of `table.grid`; `sensitive` are rows
    with the higher threshold; in a mirrored table they are columns with it, too."""
    if table.dimensions > rules.max_dimensions:
        raise TableRefused("dimensions", f"A view may combine {rules.max_dimensions} things at most.")
    shown = _perturb_grid(noise, table.grid, cell_keys)
    if shown[-1, -1] < rules.min_base:
        raise TableRefused("base", f"Fewer than {rules.min_base} people answered, so nothing is shown.")
    rest = _perturb_grid(noise, table.grid[-1] - table.grid, (cell_keys[-1] - cell_keys) % KEYS)
    groups, left_of_row = np.tile(shown[-1], (len(shown), 1)), rest
    if table.is_mirrored:
        groups, left_of_row = _combine_mirrored(groups, np.minimum), _combine_mirrored(rest, lambda _, mirror: mirror)
    least = list_least_shown(table, rules, sensitive)
    rows = [
        tuple(_build_cell(rules, *map(int, figures)) for figures in zip(*lines, strict=True))
        for lines in zip(shown[:-1], least, groups[:-1], rest[:-1], left_of_row[:-1], strict=True)
    ]
    totals = tuple(build_total(int(value), rules.min_group) for value in shown[-1])
    return ProtectedTable(table.rows, table.columns, (*rows, totals), table.multi, rules)


def _combine_mirrored(grid: np.ndarray, combine: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    """The grid with each inner cell combined with its mirror, where the same people stand."""
    found, inner = grid.copy(), grid[:-1, :-1]
    found[:-1, :-1] = combine(inner, inner.T)
    return found


def list_least_shown(table: CountTable, rules: DisclosureRules, sensitive: frozenset[str]) -> list[list[int]]:
    """For each row, and in it for each column and its total, the least number that is shown."""
    across = [*table.columns, None] if table.two_way else [None]
    hard = sensitive if table.is_mirrored else frozenset()
    return [[rules.least_shown(row in sensitive or column in hard) for column in across] for row in table.rows]


def _perturb_grid(noise: ReleaseNoise, counts: np.ndarray, cell_keys: np.ndarray) -> np.ndarray:
    found = [noise.perturb_count(int(count), int(key)) for count, key in zip(counts.flat, cell_keys.flat, strict=True)]
    return np.array(found).reshape(counts.shape)


def _build_cell(
    rules: DisclosureRules, value: int, least: int, group: int, others: int, others_of_row: int
) -> ProtectedCell:
    """`others` are the rest of the group: where they are few, "nearly all" keeps their answers from being certain. In a
    mirrored table the row is a group, too."""
    if group < rules.min_group:
        return ProtectedCell(None, fewer_than(rules.min_group))
    if value < least:
        return ProtectedCell(None, fewer_than(least))
    if others < least:
        return ProtectedCell(None, NEARLY_ALL)
    return ProtectedCell(None, NEARLY_ALL_OF_ROW) if others_of_row < least else ProtectedCell(value)


def build_total(value: int, least: int) -> ProtectedCell:
    return ProtectedCell(value) if value >= least else ProtectedCell(None, fewer_than(least))
