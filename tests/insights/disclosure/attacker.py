"""An attacker with the published tables, the rules and a linear programme. Shares no code with the audit."""

from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


class Attacker:
    def __init__(self, published, structural=frozenset()):
        self.published, self.structural, self.rules = published, structural, published.rules
        self.height, self.width = len(published.rows), max(1, len(published.columns))
        self.size = self.height * self.width + self.width
        self.constraints, self.least, self.most = [], [], []
        self._learn()

    def figure(self, row, column=0):
        """Sum of the unknown counts behind a figure; -1 is the total. The people of a column are separate unknowns."""
        rows = [self.height] if row == -1 else [row]
        columns = range(self.width) if column == -1 else [column]
        vector = np.zeros(self.size)
        for i in rows:
            for j in columns:
                vector[i * self.width + j] = 1
        return vector

    def interval(self, row, column=0, enough=np.inf):
        """The interval of a figure; the lower end is not solved when the upper is beyond `enough`."""
        vector = self.figure(row, column)
        high = -self._minimum(-vector)
        return (0, high) if high >= enough else (self._minimum(vector), high)

    def _learn(self):
        for i in [*range(self.height), -1]:
            for j in [*range(self.width), *([-1] if self.published.columns else [])]:
                self._read(i, j)
        for j in range(self.width):
            inner = sum(self.figure(i, j) for i in range(self.height))
            if not self.published.multi:
                self._know(inner - self.figure(-1, j), 0, 0)
            for i in range(self.height):
                self._know(self.figure(-1, j) - self.figure(i, j), 0, np.inf)

    def _read(self, i, j):
        cell = self.published.grid[i][j]
        if (i, j) in self.structural:
            self._know(self.figure(i, j), 0, 0)
        elif cell.value is not None and not (cell.value == 0 and cell.rule == "structural"):
            self._know(self.figure(i, j), *self._rounding(cell.value))
            if self.rules.hide_near_whole and i != -1 and not self.structural:
                self._know(self.figure(-1, j) - self.figure(i, j), self.rules.threshold, np.inf)
        elif not self.rules.hide_zeros:
            self._know(self.figure(i, j), 1, np.inf)

    def _rounding(self, value):
        if value == 0 and self.rules.threshold:
            return 0, 0
        possible = [n for n in range(value - 10, value + 11) if self._rounds_to(n, value)]
        return max(self.rules.threshold, min(possible)), max(possible)

    def _rounds_to(self, count, value):
        step = self.rules.round_to
        return count >= 0 and abs(count - value) * 2 <= step and (count - value) * 2 != step

    def _know(self, vector, least, most):
        self.constraints.append(vector)
        self.least.append(least)
        self.most.append(most)

    @cached_property
    def _system(self):
        limits = LinearConstraint(np.array(self.constraints), np.array(self.least, float), np.array(self.most, float))
        return {"constraints": limits, "bounds": Bounds(0, 10_000)}

    def _solved(self, objective):
        found = milp(objective, **self._system)  # no whole numbers are asked for: a linear programme
        assert found.status == 0, found.message
        return found

    def _minimum(self, objective):
        return self._solved(objective).fun

    def spread(self, places):
        """For each figure two values that agree with the published ones: its interval holds both."""
        vectors = np.array([self.figure(*place) for place in places])
        tables = [self._solved(sign * vectors.sum(axis=0)).x for sign in (1, -1)]
        return np.sort(np.array([vectors @ table for table in tables]), axis=0).T


def exposed(published, table, threshold=None):
    """The first hidden or shown small figure that the attacker bounds to fewer values than the threshold."""
    attacker, threshold = Attacker(published, table.structural), threshold or published.rules.threshold
    places = list(small_places(table, threshold))
    if not places:
        return None
    for place, seen in zip(places, attacker.spread(places), strict=True):
        if seen[1] - seen[0] >= threshold:
            continue
        low, high = attacker.interval(*place, enough=2 * threshold)
        if np.floor(high + 1e-6) - np.ceil(low - 1e-6) + 1 < threshold:
            return *place, low, high
    return None


def small_places(table, threshold):
    height, width = table.grid.shape
    for i in range(height):
        for j in range(width):
            if 1 <= int(table.grid[i, j]) < threshold:
                yield (-1 if i == height - 1 else i), (-1 if table.columns and j == width - 1 else j)
