"""Protects a table by cell keys: each number is changed a little, then small ones are named instead of shown.

No number is hidden because another one is, and parts need not add up to their total.
"""

import numpy as np

from insights.disclosure.disclosure_rules import NEARLY_ALL, DisclosureRules, fewer_than
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
    with the higher threshold."""
    if table.dimensions > rules.max_dimensions:
        raise TableRefused("dimensions", f"A view may combine {rules.max_dimensions} things at most.")
    shown = _perturb_grid(noise, table.grid, cell_keys)
    if shown[-1, -1] < rules.min_base:
        raise TableRefused("base", f"Fewer than {rules.min_base} people answered, so nothing is shown.")
    rest = _perturb_grid(noise, table.grid[-1] - table.grid, (cell_keys[-1] - cell_keys) % KEYS)
    least = [rules.least_shown(row in sensitive) for row in table.rows]
    rows = [
        tuple(
            _build_cell(int(value), int(others), fewest, int(group), rules)
            for value, others, group in zip(values, left, shown[-1], strict=True)
        )
        for values, left, fewest in zip(shown[:-1], rest[:-1], least, strict=True)
    ]
    totals = tuple(_build_total(int(value), rules.min_group) for value in shown[-1])
    return ProtectedTable(table.rows, table.columns, (*rows, totals), table.multi, rules)


def _perturb_grid(noise: ReleaseNoise, counts: np.ndarray, cell_keys: np.ndarray) -> np.ndarray:
    found = [noise.perturb_count(int(count), int(key)) for count, key in zip(counts.flat, cell_keys.flat, strict=True)]
    return np.array(found).reshape(counts.shape)


def _build_cell(value: int, others: int, least: int, group: int, rules: DisclosureRules) -> ProtectedCell:
    """`others` are the rest of the group: where they are few, "nearly all" keeps their answers from being certain."""
    if group < rules.min_group:
        return ProtectedCell(None, fewer_than(rules.min_group))
    if value < least:
        return ProtectedCell(None, fewer_than(least))
    return ProtectedCell(None, NEARLY_ALL) if others < least else ProtectedCell(value)


def _build_total(value: int, least: int) -> ProtectedCell:
    return ProtectedCell(value) if value >= least else ProtectedCell(None, fewer_than(least))
