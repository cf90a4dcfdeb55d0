"""Primary and secondary suppression, widened until the interval audit finds nothing, then rounding."""

from dataclasses import dataclass, field

import numpy as np

from insights.disclosure.disclosure_rules import HIDDEN, ROUNDED, DisclosureRules
from insights.disclosure.interval_audit import Attacker
from insights.disclosure.linear_system import LinearSystem
from insights.disclosure.protected_tables import (
    INTERVAL,
    LINKED,
    NEAR_WHOLE,
    SECONDARY,
    SMALL,
    STRUCTURAL,
    CountTable,
    ProtectedCell,
    ProtectedTable,
    TableRefused,
)


def protect_table(
    table: CountTable,
    rules: DisclosureRules = ROUNDED,
    *,
    row_margin: ProtectedTable | None = None,
) -> ProtectedTable:
    """The table as it may be shown, or `TableRefused`.

    A two-way table whose totals are figures of another table of the release gets that table as its margin: what
    is hidden there is hidden here with its breakdown, what is shown there is taken as known exactly. So tables
    that share totals cannot be differenced.
    """
    if table.totals:
        raise ValueError("columns that overlap cannot be suppressed: numbers are changed at random there")
    if table.dimensions > rules.max_dimensions:
        raise TableRefused("dimensions", f"A view may combine {rules.max_dimensions} things at most.")
    if table.base < rules.min_base:
        raise TableRefused("base", f"Fewer than {rules.min_base} people answered, so nothing is shown.")
    suppression = Suppression(LinearSystem(table), rules)
    if row_margin is not None:
        suppression.link_margin(row_margin)
    suppression.hide_figures()
    return suppression.build_table()


@dataclass
class Suppression:
    model: LinearSystem
    rules: DisclosureRules
    rule: dict[int, str] = field(default_factory=dict)
    fixed: set[int] = field(default_factory=set)

    @property
    def index(self) -> np.ndarray:
        return np.arange(self.model.values.size).reshape(self.model.shape)

    @property
    def shown(self) -> np.ndarray:
        shown = np.ones(self.model.values.size, dtype=bool)
        shown[list(self.rule)] = False
        return shown

    def link_margin(self, margin: ProtectedTable) -> None:
        if not self.model.table.two_way:
            raise ValueError("only a two-way table has margins")
        theirs = dict(zip([*margin.rows, None], (row[-1] for row in margin.grid), strict=True))
        for label, line in zip([*self.model.table.rows, None], self.index, strict=True):
            if theirs[label].hidden:
                self._hide_all(line)
            else:
                self._fix_figure(int(line[-1]), theirs[label])

    def _hide_all(self, line: np.ndarray) -> None:
        for figure in line[~self.model.structural[line]]:
            if self.rules.hide_zeros or self.model.values[figure]:
                self.rule[int(figure)] = LINKED

    def _fix_figure(self, figure: int, cell: ProtectedCell) -> None:
        if cell.value != self.rules.round_figure(int(self.model.values[figure])):
            raise ValueError("a total differs from the same figure in its margin")
        self.fixed.add(figure)

    def hide_figures(self) -> None:
        self._hide_small_figures()
        attacker = Attacker(self.model, self.rules, frozenset(self.fixed))
        self._hide_second_figures()
        while (exposed := attacker.find_exposed_figure(self.shown)) is not None:
            self._hide_near_exposed(exposed)
            self._hide_second_figures()

    def _hide_small_figures(self) -> None:
        model, small = self.model, self.rules.is_small
        for figure, value in enumerate(model.values):
            if small(int(value)) and not model.structural[figure]:
                self.rule[figure] = SMALL
        if self.rules.hide_near_whole:
            for figure, rest in model.remainder_expressions:
                if small(int(rest @ model.true_counts)):
                    self.rule.setdefault(figure, NEAR_WHOLE)
        if self.fixed & self.rule.keys():
            raise TableRefused(
                "interval", "A total that is shown elsewhere in this release would have to be hidden here."
            )

    def _hide_second_figures(self) -> None:
        """A line with one hidden figure discloses it: hide the smallest other one, until no line has just one."""
        changed = self.rules.secondary
        while changed:
            changed = False
            for line in self.model.lines:
                hidden = [figure for figure in line if int(figure) in self.rule]
                if len(hidden) == 1 and (choice := self._find_smallest_figure(line)) is not None:
                    self.rule[choice] = SECONDARY
                    changed = True

    def _find_smallest_figure(self, figures: np.ndarray) -> int | None:
        """The smallest non-zero figure that may still be hidden; inner cells before totals."""
        values, grand = self.model.values, self.model.grand_total_index
        free = [
            int(f)
            for f in figures
            if int(f) not in self.rule and int(f) not in self.fixed and f != grand and values[f] > 0
        ]
        totals = set(self.index[-1]) | (set(self.index[:, -1]) if self.model.table.two_way else set())
        return min(free, key=lambda f: (f in totals, values[f], f), default=None)

    def _hide_near_exposed(self, exposed: int) -> None:
        """Hide the smallest figure beside the exposed one, else beside its hidden neighbours, else anywhere."""
        near = self._find_figures_beside({exposed})
        hidden = {f for f in near if f in self.rule}
        for figures in (near, self._find_figures_beside(hidden), set(range(self.model.values.size))):
            if (choice := self._find_smallest_figure(np.array(sorted(figures), dtype=int))) is not None:
                self.rule[choice] = INTERVAL
                return
        raise TableRefused("interval", "Even with every figure hidden, a small number could be worked out.")

    def _find_figures_beside(self, figures: set[int]) -> set[int]:
        return {int(f) for line in self.model.lines if figures & set(line.tolist()) for f in line}

    def build_table(self) -> ProtectedTable:
        cells = [self._build_cell(figure) for figure in range(self.model.values.size)]
        height, width = self.model.shape
        grid = tuple(tuple(cells[i * width : (i + 1) * width]) for i in range(height))
        table = self.model.table
        return ProtectedTable(table.rows, table.columns, grid, table.multi, self.rules)

    def _build_cell(self, figure: int) -> ProtectedCell:
        if self.model.structural[figure]:
            return ProtectedCell(0, "", STRUCTURAL)
        if figure in self.rule:
            return ProtectedCell(None, HIDDEN, self.rule[figure])
        return ProtectedCell(self.rules.round_figure(int(self.model.values[figure])))
