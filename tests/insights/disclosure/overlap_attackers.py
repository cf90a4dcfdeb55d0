"""Attackers of figures that overlap (themes by themes, one table alone): they know which kinds of people each figure holds,
the method and the public tables, and no key."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog, lsq_linear

from insights.disclosure import DEFAULT
from insights.disclosure.perturbation import ReleaseNoise
from tests.insights.disclosure.cell_key_attackers import (
    COUNTS,
    LEAST,
    MOST_HIDDEN,
    chance_of_hiding,
    scale_to_attacked,
)


@dataclass(frozen=True)
class System:
    """`lines` say which kinds of people each shown figure holds, `told` and `weights` what it shows, scaled to the newest
    release; `hidden` the same of the newest
    figures that say "fewer than 5", and `counts` what is true of these."""

    lines: np.ndarray
    told: np.ndarray
    weights: np.ndarray
    hidden: np.ndarray
    counts: np.ndarray

    @property
    def bounds(self):
        return np.where(self.hidden.any(axis=0), MOST_HIDDEN, self.told.max() + 7)


class Collected:
    """The figures of a system while it is drawn."""

    def __init__(self):
        self.lines, self.told, self.shares, self.hidden, self.counts = [], [], [], [], []

    def take(self, line, value, count, is_wanted, share):
        """A figure of which `value` is shown, or which is hidden: then the attacker wants its count, if `is_wanted`.
        `share`: the people of its release, of those of the newest."""
        if value >= DEFAULT.threshold:
            self.lines.append(line)
            self.told.append(value)
            self.shares.append(share)
        elif is_wanted:
            self.hidden.append(line)
            self.counts.append(count)

    def as_system(self):
        """None where nothing that is wanted is hidden."""
        lines, told, shares, hidden = (
            np.array(part, dtype=float) for part in (self.lines, self.told, self.shares, self.hidden)
        )
        return System(lines, *scale_to_attacked(told, shares), hidden, np.array(self.counts)) if self.hidden else None


def by_least_squares(system):
    root = np.sqrt(system.weights)
    found = lsq_linear(system.lines * root[:, None], system.told * root, bounds=(0, system.bounds))
    return system.hidden @ found.x


def by_linear_programme(system):
    figures, kinds = system.lines.shape
    errors = np.eye(figures)
    found = linprog(
        np.r_[np.zeros(kinds), np.tile(np.sqrt(system.weights), 2)],
        A_eq=np.hstack([system.lines, errors, -errors]),
        b_eq=system.told,
        A_ub=np.hstack([system.hidden, np.zeros((len(system.hidden), 2 * figures))]),
        b_ub=np.full(len(system.hidden), MOST_HIDDEN),
        bounds=[(0, None)] * (kinds + 2 * figures),
    )
    return system.hidden @ found.x[:kinds]


def belief_of(systems, kind):
    """P(count) of a hidden figure beforehand, from how often each occurs: more than an attacker knows."""
    counts = np.concatenate([system.counts for system in systems])
    told = np.bincount(counts, minlength=COUNTS.size)[: COUNTS.size]
    told = told * (chance_of_hiding() if kind is ReleaseNoise else COUNTS < LEAST)
    return told / told.sum()


def list_posteriors(system, belief, kind):
    """For each hidden figure P(count) by count: a normal approximation from all figures, times the belief."""
    weights = system.weights / (DEFAULT.noise if kind is ReleaseNoise else 0.3) ** 2
    own = 1 / np.var(COUNTS[:LEAST])
    precision = system.lines.T * weights @ system.lines + own * system.hidden.T @ system.hidden
    precision += 1e-4 * np.eye(precision.shape[0])
    mean = np.linalg.solve(precision, system.lines.T @ (weights * system.told) + own * 2.0 * system.hidden.sum(axis=0))
    covariance = np.linalg.inv(precision)
    for line in system.hidden:
        variance = line @ covariance @ line
        without = 1 / max(1 / variance - own, 1e-9)  # what the figure itself was believed to be is taken out again
        at = without * (line @ mean / variance - own * 2.0)
        chance = belief * np.exp(-((COUNTS - at) ** 2) / (2 * max(without, 1e-6)))
        yield chance / max(chance.sum(), 1e-300)


def hits(systems, name, kind):
    """(share of the hidden counts from 1 to 4 that the attacker hits, share of the best constant)."""
    belief, right, counts = belief_of(systems, kind), [], []
    for system in systems:
        if name == "Bayes":
            guess = np.array([1 + int(chance[1:5].argmax()) for chance in list_posteriors(system, belief, kind)])
        else:
            solve = {"least squares": by_least_squares, "linear programme": by_linear_programme}[name]
            guess = np.clip(np.rint(solve(system)), 1, 4)
        wanted = (system.counts >= 1) & (system.counts <= 4)
        right += (guess == system.counts)[wanted].tolist()
        counts += system.counts[wanted].tolist()
    return np.mean(right), np.bincount(counts).max() / len(counts)
