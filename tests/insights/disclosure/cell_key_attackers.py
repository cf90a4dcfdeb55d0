"""What an attacker who knows the method and the public tables can do with figures by cell keys. They know no key."""

from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np
from scipy.optimize import linprog, lsq_linear

from insights.disclosure import DEFAULT, CountTable, ProtectedTable, perturb_table
from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables
from insights.releases.policies import TABLES_BY_GROUP
from tests.domain_tables import CONTROLS

AGREED = CONTROLS["sdc"]["attacks"]
LEAST = DEFAULT.threshold
FEW = f"fewer than {LEAST}"
MOST_HIDDEN = LEAST - 1 + 7
COUNTS = np.arange(MOST_HIDDEN + 1)


class Off(ReleaseNoise):
    """Noise that is switched off: each attack must succeed against it."""

    def perturb_count(self, count, cell_key):
        return count


class LastingAlone(ReleaseNoise):
    """Noise that hangs on the people alone: the same in each release."""

    def perturb_count(self, count, cell_key):
        return load_tables()[0].perturb(count, cell_key)


class FreshAlone(ReleaseNoise):
    """Noise that is drawn anew in each release."""

    def perturb_count(self, count, cell_key):
        return load_tables()[1].perturb(count, int(self.fresh_keys[cell_key]))


def noise_of(rng, people, kind=ReleaseNoise):
    return kind(rng.integers(0, KEYS, people), rng.permutation(KEYS))


@dataclass(frozen=True)
class Shown:
    """A protected table of a release, and the columns of the finest table that each of its columns holds. `share`: its
    people, of those of the release that is attacked; `counts`: what is true of them, which no attacker looks at."""

    release: int
    table: ProtectedTable
    groups: tuple
    share: float = 1
    counts: np.ndarray | None = None

    @property
    def is_finest(self):
        return all(len(group) == 1 for group in self.groups)


def likelihood_of_steps(rng, kind, arrivals, trials=6000):
    """{step of a shown number: how often} where `arrivals` people came or left between two releases."""
    steps = []
    for _ in range(trials):
        people = int(rng.integers(15, 80))
        first = noise_of(rng, people + 2, kind)
        second = kind(first.record_keys, rng.permutation(first.fresh_keys))
        before, after = np.arange(people), np.arange(people + arrivals)
        steps.append(second.perturb_people(after) - first.perturb_people(before))
    values, counts = np.unique(steps, return_counts=True)
    return dict(zip(values.tolist(), (counts / trials).tolist(), strict=True))


def random_system(rng, kind=ReleaseNoise, releases=1, larger=None):
    """(counts of the newest release, [its table, then those of earlier ones]): two-way, all margins, people spread unevenly
    over the cells. Each release has as many more people than the one before as tables by groups wait for.

    `larger` makes, of a number of columns, the larger groups by which each release has the same table."""
    columns_drawn = (3, 9) if larger else (2, 6)
    rows, columns, people = int(rng.integers(2, 8)), int(rng.integers(*columns_drawn)), int(rng.integers(60, 600))
    cell_of = rng.choice(rows * columns, people + 12 * releases, p=rng.dirichlet(np.full(rows * columns, 0.7)))
    noise = noise_of(rng, cell_of.size, kind)
    finest = tuple((column,) for column in range(columns))
    partitions = [(finest, rng.integers(0, KEYS, columns))]
    for groups in larger(rng, columns) if larger else ():
        own = rng.integers(0, KEYS, len(groups))
        alone = [
            partitions[0][1][group[0]] if len(group) == 1 else key for group, key in zip(groups, own, strict=True)
        ]
        partitions.append((groups, np.array(alone)))
    shown = []
    sizes = list_people(cell_of.size, releases, TABLES_BY_GROUP)
    for release in range(releases):
        inside = cell_of[: sizes[release]]
        each = kind(noise.record_keys[: inside.size], rng.permutation(KEYS))
        for groups, group_keys in partitions:
            count, table = cross_table(inside, rows, groups, each, group_keys)
            shown.append(Shown(release, table, groups, inside.size / cell_of.size, count))
    return shown[0].counts, shown


def attack_oldest(shown):
    """The same tables for an attacker of the oldest release, beside whose numbers those of later ones stand."""
    oldest = max(each.release for each in shown)
    own = sorted(shown, key=lambda each: each.release != oldest)
    return own[0].counts, [replace(each, share=each.share / own[0].share) for each in own]


def list_people(newest, releases, growth):
    """The people of each release, the newest first, that has tables as early as it may."""
    return [int(newest / growth**release) for release in range(releases)]


def declared_groups(rng, columns):
    """One coarser partition: at least two groups, and fewer than there are columns."""
    number = int(rng.integers(2, columns))
    of = rng.permutation([*range(number), *rng.integers(0, number, columns - number)])
    yield tuple(tuple(np.flatnonzero(of == group).tolist()) for group in range(number))


def free_groups(rng, columns):
    """Each two columns together, and the rest: what everyone could ask for, if everyone could combine."""
    for one in range(columns):
        for other in range(one):
            yield ((other, one), tuple(column for column in range(columns) if column not in (one, other)))


def cross_table(cell_of, rows, groups, noise, group_keys):
    """(counts, protected table) of people whose cells are given, by groups of columns, each with its key."""
    columns = sum(map(len, groups))
    group_of = np.empty(columns, dtype=int)
    for number, group in enumerate(groups):
        group_of[list(group)] = number
    row, column = np.divmod(cell_of, columns)
    place, size = row * len(groups) + group_of[column], {"minlength": rows * len(groups)}
    counts = np.bincount(place, **size).reshape(rows, -1)
    keys = np.bincount(place, weights=noise.record_keys, **size).astype(int).reshape(rows, -1)
    grid = np.vstack([keys, keys.sum(axis=0)])
    grid = np.hstack([grid, grid.sum(axis=1, keepdims=True)])
    grid[:-1, :-1] += group_keys  # after the sums: what is of everyone has no group
    grid %= KEYS
    named = (tuple(map(str, range(number))) for number in (rows, len(groups)))
    table = CountTable(next(named), tuple(map(tuple, counts.tolist())), next(named))
    return counts, perturb_table(table, grid, noise, DEFAULT)


def list_figures(shown):
    """(which cells of the finest table it holds, its cell, its table's `share`) of each figure of all tables. The same
    figure tells once: a margin, or a group that stays alone among larger ones."""
    known = set()
    rows, columns = len(shown[0].table.rows), len(shown[0].table.columns)
    for each in shown:
        cells = (cell for line in each.table.grid for cell in line)
        for line, cell in zip(figure_lines(rows, columns, each.groups), cells, strict=True):
            if (figure := (each.release, line.tobytes())) not in known:
                known.add(figure)
                yield line, cell, each.share


def scale_to_attacked(told, share):
    """(the numbers of other releases as if as many people had answered as in the attacked one, the weight of each beside a
    number of that one): people come by chance, so another number tells less."""
    variance = DEFAULT.noise**2
    return told / share, variance * share**2 / (variance + told * abs(1 - share))


@cache
def figure_lines(rows, columns, groups):
    """Which cells of the finest table each figure of a table with these groups of columns holds, margins last."""
    index = np.arange(rows * columns).reshape(rows, columns)
    wholes = [[row] for row in range(rows)] + [list(range(rows))]
    across = [list(group) for group in groups] + [list(range(columns))]
    lines = np.zeros((len(wholes) * len(across), rows * columns))
    for line, (down, right) in zip(lines, product(wholes, across), strict=True):
        line[index[np.ix_(down, right)]] = 1
    return lines


def equations(shown):
    """(coefficients, shown numbers, their weights, cells that the attacked release hides) of everything that the releases
    show."""
    figures = [(line, cell.value, share) for line, cell, share in list_figures(shown) if cell.value is not None]
    lines, told, share = map(np.array, zip(*figures, strict=True))
    return lines, *scale_to_attacked(told, share), find_hidden(shown[0])


def hidden_sums(shown):
    """Coefficients of the cells of larger groups that show as "fewer than"."""
    return [line for line, cell, _ in list_figures(shown) if cell.symbol == FEW and line.sum() > 1]


def find_hidden(shown):
    return np.array([cell.symbol == FEW for line in shown.table.cells for cell in line])


def by_least_squares(tables):
    lines, told, weights, hidden = equations(tables)
    most, root = np.where(hidden, MOST_HIDDEN, told.max() + 7), np.sqrt(weights)
    return lsq_linear(lines * root[:, None], told * root, bounds=(0, most)).x


def by_linear_programme(tables):
    """The least sum of errors that the shown numbers allow, and no hidden sum above what may hide."""
    lines, told, weights, hidden = equations(tables)
    cells, figures = lines.shape[1], len(told)
    errors, sums = np.eye(figures), hidden_sums(tables)
    found = linprog(
        np.r_[np.zeros(cells), np.tile(np.sqrt(weights), 2)],
        A_eq=np.hstack([lines, errors, -errors]),
        b_eq=told,
        A_ub=np.hstack([sums, np.zeros((len(sums), 2 * figures))]) if sums else None,
        b_ub=np.full(len(sums), MOST_HIDDEN) if sums else None,
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
    lines, told, weights, hidden = equations(tables)
    weights = weights / (DEFAULT.noise if kind is ReleaseNoise else 0.3) ** 2
    spread = np.diag(np.where(hidden, 1 / np.var(COUNTS[:LEAST]), 1e-4))
    sums = np.array(hidden_sums(tables)).reshape(-1, lines.shape[1])  # each believed to be 2, as a hidden cell is
    few = sums.T @ sums / np.var(COUNTS[:LEAST])
    precision = lines.T * weights @ lines + few + spread
    centre = np.where(hidden, 2.0, 0.0)
    told_of_few = 2.0 * sums.sum(axis=0) / np.var(COUNTS[:LEAST])
    mean = np.linalg.solve(precision, lines.T @ (weights * told) + told_of_few + spread @ centre)
    variance = np.diag(np.linalg.inv(precision))
    for place in np.flatnonzero(hidden):
        own = 1 / (1 / variance[place] - spread[place, place] + 1e-9)  # without the prior that made it solvable
        at = own * (mean[place] / variance[place] - spread[place, place] * centre[place])
        chance = told_prior * np.exp(-((COUNTS - at) ** 2) / (2 * max(own, 1e-6)))
        yield place, chance / max(chance.sum(), 1e-300)
