"""The interval audit: what an attacker with a solver could still derive from the shown figures."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from insights.disclosure.disclosure_rules import DisclosureRules
from insights.disclosure.linear_system import LinearSystem

SLACK = 1e-6


class Attacker:
    """Bounds each sensitive quantity from the shown figures, their rounding, and the rules themselves.

    Every table consistent with the shown figures proves how far a quantity can lie, and hiding more only adds such
    tables. So known ranges stay valid while suppression widens, and a table found for one quantity settles others.
    """

    def __init__(
        self,
        model: LinearSystem,
        rules: DisclosureRules,
        exact: frozenset[int] = frozenset(),
    ):
        """`exact` figures are known without rounding."""
        self.model, self.rules, self.exact = model, rules, exact
        self.sensitive = list(self._iterate_sensitive_figures())
        self.expressions = np.array([expression for _, expression in self.sensitive]).reshape(
            -1, model.true_counts.size
        )
        self.low = self.high = self.expressions @ model.true_counts

    def _iterate_sensitive_figures(self) -> Iterator[tuple[int, np.ndarray]]:
        model, small = self.model, self.rules.is_small
        for figure, value in enumerate(model.values):
            if small(value) and not model.structural[figure]:
                yield figure, model.figures[figure]
        if self.rules.hide_near_whole:
            for figure, expression in model.remainder_expressions:
                if small(expression @ model.true_counts):
                    yield figure, expression

    def find_exposed_figure(self, shown: np.ndarray) -> int | None:
        """A hidden figure whose quantity lies in an interval narrower than the threshold, or None."""
        open_ = np.flatnonzero(self._narrow_intervals())
        if not open_.size:
            return None
        known = self._build_constraints(shown)
        for sign in (-1, 1):
            self._extend_ranges(self._solve_linear_programme(sign * self.expressions[open_].sum(axis=0), known))
        for index in open_:
            for sign in (-1, 1):
                if self._narrow_intervals()[index]:
                    self._extend_ranges(self._solve_linear_programme(sign * self.expressions[index], known))
            if self._narrow_intervals()[index]:
                return self.sensitive[index][0]
        return None

    def _narrow_intervals(self) -> np.ndarray:
        return self.high - self.low < self.rules.threshold - SLACK

    def _extend_ranges(self, table: np.ndarray) -> None:
        seen = self.expressions @ table
        self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)

    def _build_constraints(self, shown: np.ndarray) -> dict:
        """The solver's constraints: shown figures lie within their rounding; under `hide_near_whole`, what a shown
        figure leaves of its whole is not small."""
        model, rules = self.model, self.rules
        rows: list = []
        low: list[float] = []
        high: list[float] = []
        for figure in np.flatnonzero(shown & ~model.structural):
            value = int(model.values[figure])
            bounds = (value, value) if figure in self.exact else rules.count_bounds(rules.round_figure(value))
            rows.append(model.figures[figure])
            low.append(max(bounds[0], rules.min_base) if figure == model.grand_total_index else bounds[0])
            high.append(bounds[1])
        if rules.hide_near_whole:
            rest = [expression for figure, expression in model.remainder_expressions if shown[figure]]
            rows, low, high = rows + rest, low + [rules.threshold] * len(rest), high + [np.inf] * len(rest)
        if not rules.hide_zeros:
            hidden = list(model.figures[~shown & ~model.structural])
            rows, low, high = rows + hidden, low + [1] * len(hidden), high + [np.inf] * len(hidden)
        certain = list(model.nonnegative_expressions)
        rows, low, high = rows + certain, low + [0] * len(certain), high + [np.inf] * len(certain)
        return self._build_linear_programme(np.array(rows), np.array(low, float), np.array(high, float))

    def _build_linear_programme(self, rows: np.ndarray, low: np.ndarray, high: np.ndarray) -> dict:
        """A figure of a single unknown becomes its bounds, all others inequalities: the system stays small."""
        model = self.model
        ceiling = float(model.values[model.grand_total_index] + self.rules.round_to)
        bounds = np.column_stack([np.zeros(model.true_counts.size), np.full(model.true_counts.size, ceiling)])
        bounds[model.structural_unknowns, 1] = 0
        single = (np.count_nonzero(rows, axis=1) == 1) & (rows.sum(axis=1) == 1)
        for row, least, most in zip(rows[single], low[single], high[single], strict=True):
            unknown = int(row.argmax())
            bounds[unknown] = max(bounds[unknown, 0], least), min(bounds[unknown, 1], most)
        rest = ~single
        limits = LinearConstraint(csr_array(rows[rest]), low[rest], high[rest])
        return {"constraints": limits, "bounds": Bounds(bounds[:, 0], bounds[:, 1])}

    def _solve_linear_programme(self, objective: np.ndarray, known: dict) -> np.ndarray:
        found = milp(objective, **known)  # HiGHS; no variable must be an integer, so it is a linear programme
        if found.status != 0:
            raise ArithmeticError(f"interval audit: {found.message}")
        return found.x
