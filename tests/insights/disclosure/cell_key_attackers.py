"""What an attacker who knows the method and the public tables can do with figures by cell keys. They know no record key."""

from functools import cache

import numpy as np
from scipy.optimize import linprog, lsq_linear

from insights.disclosure import DEFAULT, CountTable, perturb_table
from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables

LEAST = DEFAULT.threshold
MOST_HIDDEN = LEAST - 1 + 7
COUNTS = np.arange(MOST_HIDDEN + 1)


class Off(ReleaseNoise):
    """Noise that is switched off: each attack must succeed against it."""

    def perturb_count(self, count, cell_key):
        return count


def noise_of(rng, people, kind=ReleaseNoise):
    return kind(rng.integers(0, KEYS, people), rng.permutation(KEYS))


def random_system(rng, kind=ReleaseNoise, releases=1):
    """(counts of the last release, [its table, then those of earlier ones]): two-way, all margins, people spread unevenly
    over the cells. Each release counts twelve more people than the one before."""
    rows, columns, people = int(rng.integers(2, 8)), int(rng.integers(2, 6)), int(rng.integers(60, 600))
    cell_of = rng.choice(rows * columns, people + 12 * releases, p=rng.dirichlet(np.full(rows * columns, 0.7)))
    noise = noise_of(rng, cell_of.size, kind)
    found = []
    for release in range(releases):
        inside = cell_of[: cell_of.size - 12 * release]
        each = kind(noise.record_keys[: inside.size], rng.permutation(KEYS))
        found.append(cross_table(inside, rows, columns, each))
    return found[0][0], [table for _, table in found]


def cross_table(cell_of, rows, columns, noise):
    """(counts, protected table) of people whose cells are given."""
    size = {"minlength": rows * columns}
    counts = np.bincount(cell_of, **size).reshape(rows, columns)
    keys = np.bincount(cell_of, weights=noise.record_keys, **size).astype(int).reshape(rows, columns)
    grid = np.vstack([keys, keys.sum(axis=0)])
    grid = np.hstack([grid, grid.sum(axis=1, keepdims=True)]) % KEYS
    named = (tuple(map(str, range(number))) for number in (rows, columns))
    table = CountTable(next(named), tuple(map(tuple, counts.tolist())), next(named))
    return counts, perturb_table(table, grid, noise, DEFAULT)


def equations(tables):
    """(coefficients, shown numbers, cells that are hidden in each release) of everything that the releases show."""
    rows, columns = len(tables[0].rows), len(tables[0].columns)
    index = np.arange(rows * columns).reshape(rows, columns)
    lines, told = [], []
    for protected in tables:
        for i, line in enumerate(protected.grid):
            for j, cell in enumerate(line):
                if cell.value is not None:
                    inside = index[slice(None) if i == rows else i, slice(None) if j == columns else j]
                    lines.append(np.isin(np.arange(rows * columns), inside).astype(float))
                    told.append(cell.value)
    return np.array(lines), np.array(told, dtype=float), np.all([find_hidden(each) for each in tables], axis=0)


def find_hidden(protected):
    return np.array([cell.symbol == f"fewer than {LEAST}" for line in protected.cells for cell in line])


def by_least_squares(tables):
    lines, told, hidden = equations(tables)
    most = np.where(hidden, MOST_HIDDEN, told.max() + 7)
    return lsq_linear(lines, told, bounds=(0, most)).x


def by_linear_programme(tables):
    """The least sum of errors that the shown numbers allow."""
    lines, told, hidden = equations(tables)
    cells, figures = lines.shape[1], len(told)
    errors = np.eye(figures)
    found = linprog(
        np.r_[np.zeros(cells), np.ones(2 * figures)],
        A_eq=np.hstack([lines, errors, -errors]),
        b_eq=told,
        bounds=[(0, MOST_HIDDEN if small else None) for small in hidden] + [(0, None)] * (2 * figures),
    )
    return found.x[:cells]


@cache
def chance_of_hiding():
    """P(a count shows as "fewer than"), by count: from the public tables."""
    lasting, fresh = load_tables()
    chances = []
    for count in COUNTS:
        one = lasting.noise[min(count, lasting.most)]
        left = np.bincount(count + one, minlength=30) / KEYS
        small = [np.mean(n + fresh.noise[min(n, fresh.most)] < LEAST) for n in range(30)]
        chances.append(float(left @ small))
    return np.array(chances)


def posteriors(tables, told_prior, kind=ReleaseNoise):
    """For each hidden cell (its place, P(count) by count): a normal approximation from all figures, times what the
    attacker believes of a hidden cell beforehand."""
    lines, told, hidden = equations(tables)
    weight = 1 / (DEFAULT.noise if kind is ReleaseNoise else 0.3) ** 2
    spread = np.diag(np.where(hidden, 1 / np.var(COUNTS[:LEAST]), 1e-4))
    precision = weight * lines.T @ lines + spread
    centre = np.where(hidden, 2.0, 0.0)
    mean = np.linalg.solve(precision, weight * lines.T @ told + spread @ centre)
    variance = np.diag(np.linalg.inv(precision))
    for place in np.flatnonzero(hidden):
        own = 1 / (1 / variance[place] - spread[place, place] + 1e-9)  # without the prior that made it solvable
        at = own * (mean[place] / variance[place] - spread[place, place] * centre[place])
        chance = told_prior * np.exp(-((COUNTS - at) ** 2) / (2 * max(own, 1e-6)))
        yield place, chance / max(chance.sum(), 1e-300)
