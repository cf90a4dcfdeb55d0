"""A table as a linear system, as an attacker with a solver sees it.

Every figure (a cell, a total) is a sum of unknown counts: row `f` of `figures` has their coefficients. `lines` are the
rows and columns whose last member is the sum of the others; `remainders` are what one figure leaves of its line, or of
the people asked.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from insights.disclosure.protected_tables import CountTable


@dataclass(frozen=True)
class LinearSystem:
    table: CountTable

    @cached_property
    def shape(self) -> tuple[int, int]:
        return self.table.grid.shape

    @cached_property
    def values(self) -> np.ndarray:
        return self.table.grid.ravel()

    @property
    def grand_total_index(self) -> int:
        return self.values.size - 1

    @cached_property
    def true_counts(self) -> np.ndarray:
        """The unknowns: the inner cells row by row; with several answers a person, then the people of each column."""
        inner = self.table.grid[:-1, : self._column_count].ravel()
        return np.concatenate([inner, self.table.bases]) if self.table.multi else inner

    @cached_property
    def figures(self) -> np.ndarray:
        rows, width = len(self.table.rows), self._column_count
        unit = np.eye(self.true_counts.size)
        cube = unit[: rows * width].reshape(rows, width, -1)
        last = unit[rows * width :] if self.table.multi else cube.sum(axis=0)
        cube = np.concatenate([cube, last[None]])
        if self.table.two_way:
            cube = np.concatenate([cube, cube.sum(axis=1, keepdims=True)], axis=1)
        return cube.reshape(self.values.size, -1)

    @cached_property
    def structural_unknowns(self) -> np.ndarray:
        closed = np.zeros(self.true_counts.size, dtype=bool)
        for i, j in self.table.structural:
            closed[i * self._column_count + j] = True
        return closed

    @cached_property
    def structural(self) -> np.ndarray:
        """Figures that are zero by definition: structural cells and sums of nothing else."""
        return self.figures @ ~self.structural_unknowns == 0

    @cached_property
    def lines(self) -> list[np.ndarray]:
        """Figures of each row and column, the total last, without structural zeros and lines of a total alone."""
        index = np.arange(self.values.size).reshape(self.shape)
        across = list(index) if self.table.two_way else []
        down = [] if self.table.multi else list(index.T)
        lines = [line[~self.structural[line]] for line in across + down]
        return [line for line in lines if line.size > 1]

    @cached_property
    def remainder_expressions(self) -> list[tuple[int, np.ndarray]]:
        """(figure, expression of the rest) for each whole that a figure could nearly fill."""
        found = [
            (int(figure), self.figures[line[-1]] - self.figures[figure])
            for line in self.lines
            if line.size > 2
            for figure in line[:-1]
        ]
        return found + self._list_unchosen_figures()

    def _list_unchosen_figures(self) -> list[tuple[int, np.ndarray]]:
        """For multiple answers: those who did not choose a row, among all and among those it was open to."""
        if not self.table.multi:
            return []
        index = np.arange(self.values.size).reshape(self.shape)
        found = []
        for i, row in enumerate(index[:-1]):
            for j, figure in enumerate(row):
                if self.structural[figure]:
                    continue
                asked = self.figures[index[-1, j]] - self.figures[figure]
                found.append((int(figure), asked))
                if self.table.exclusive - {i}:
                    others = [index[e, j] for e in self.table.exclusive if e != i]
                    if i not in self.table.exclusive:
                        found.append((int(figure), asked - self.figures[others].sum(axis=0)))
        return found

    @cached_property
    def nonnegative_expressions(self) -> np.ndarray:
        """Expressions, beyond the counts, that an attacker may assume not to be negative.

        For multiple answers: nobody chose a row without being asked, and perhaps everyone chose one. Assumptions that
        do not hold for the counts are left out: they mislead an attacker.
        """
        found = [expression for _, expression in self._list_unchosen_figures()]
        if self.table.multi:
            cube = self.figures.reshape(*self.shape, -1)[:, : self._column_count]
            found += list(cube[:-1].sum(axis=0) - cube[-1])
        expressions = np.array(found).reshape(-1, self.true_counts.size)
        return expressions[expressions @ self.true_counts >= 0]

    @property
    def _column_count(self) -> int:
        return max(1, len(self.table.columns))
