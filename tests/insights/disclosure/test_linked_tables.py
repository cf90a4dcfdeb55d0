"""Tables with shared totals, as in a report, attacked together."""

from time import perf_counter

import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.optimize import linprog

from insights.disclosure import CountTable, protect_table
from insights.disclosure.suppression import Suppression
from tests.insights.disclosure.attacker import Attacker


def report(seed, multi):
    """Themes, themes by one facet, themes by another: counts of the same random people."""
    rng = np.random.default_rng(seed)
    size, height = int(rng.integers(60, 400)), int(rng.integers(3, 6))
    facets = [rng.choice(int(rng.integers(2, 5)), size=size) for _ in range(2)]
    if multi:
        chosen = rng.random((height, size)) < rng.beta(0.7, 3, size=(height, 1))
    else:
        chosen = np.arange(height)[:, None] == rng.choice(height, size=size, p=rng.dirichlet(np.full(height, 0.7)))
    rows = tuple(f"r{n}" for n in range(height))
    whole = CountTable.one_way(
        dict(zip(rows, chosen.sum(axis=1).tolist(), strict=True)), **({"base": size} if multi else {})
    )
    return whole, [split(rows, chosen, facet, multi) for facet in facets]


def split(rows, chosen, facet, multi):
    values = range(facet.max() + 1)
    counts = tuple(tuple(int(row[facet == v].sum()) for v in values) for row in chosen)
    bases = tuple(int((facet == v).sum()) for v in values) if multi else ()
    return CountTable(rows, counts, tuple(f"c{v}" for v in values), bases)


class JointAttacker:
    """One linear programme over all tables, which agree in every row total and in the number of people."""

    def __init__(self, published):
        self.parts = [Attacker(table) for table in published]
        self.matrix = block_diag(*(np.array(part.constraints) for part in self.parts))
        self.least = np.concatenate([part.least for part in self.parts])
        self.most = np.concatenate([part.most for part in self.parts])
        rows = [*range(self.parts[0].height), -1]
        self.equal = np.array(
            [self.place(0, r, 0) - self.place(n, r, -1) for n in range(1, len(published)) for r in rows]
        )

    def place(self, part, row, column):
        vectors = [np.zeros(p.size) for p in self.parts]
        vectors[part] = self.parts[part].figure(row, column)
        return np.concatenate(vectors)

    def width(self, part, row, column):
        vector = self.place(part, row, column)
        return -self.minimum(-vector) - self.minimum(vector)

    def minimum(self, objective):
        capped = np.isfinite(self.most)
        found = linprog(
            objective,
            A_ub=np.vstack([-self.matrix, self.matrix[capped]]),
            b_ub=np.concatenate([-self.least, self.most[capped]]),
            A_eq=self.equal,
            b_eq=np.zeros(len(self.equal)),
            bounds=(0, 10_000),
            method="highs",
        )
        assert found.status == 0, found.message
        return found.fun


def narrowest(published, tables):
    attacker = JointAttacker(published)
    return min(
        (
            attacker.width(
                part, -1 if i == table.grid.shape[0] - 1 else i, -1 if table.columns and j == len(table.columns) else j
            )
            for part, table in enumerate(tables)
            for i, j in np.argwhere((table.grid > 0) & (table.grid < 10))
        ),
        default=np.inf,
    )


@pytest.mark.parametrize("multi", [False, True], ids=["one answer", "several answers"])
@pytest.mark.parametrize("seed", range(12))
def test_linked_tables_withstand_a_joint_attack(seed, multi):
    whole, splits = report(seed, multi)
    margin = protect_table(whole)
    published = [margin, *(protect_table(table, row_margin=margin) for table in splits)]
    assert narrowest(published, [whole, *splits]) >= 10 - 1e-6


def test_the_joint_attack_wins_when_only_small_figures_are_hidden(monkeypatch):
    monkeypatch.setattr(Suppression, "hide_figures", Suppression._hide_small_figures)
    attacked = [(whole, *splits) for whole, splits in (report(seed, multi=False) for seed in range(12))]
    assert any(narrowest([protect_table(table) for table in tables], tables) < 9 for tables in attacked)


def test_thirty_four_points_by_five_audiences_take_less_than_a_second():
    rng = np.random.default_rng(34)
    bases = np.array([900, 300, 120, 60, 35])
    counts = rng.binomial(bases, rng.beta(0.6, 6, size=(34, 1)) * np.ones(5))
    table = CountTable(
        tuple(f"point {n}" for n in range(34)),
        tuple(map(tuple, counts.tolist())),
        tuple("abcde"),
        tuple(bases.tolist()),
    )
    started = perf_counter()
    protect_table(table)
    assert perf_counter() - started < 1
