"""Quarters of a long consultation that are over, each counted once, in the first release after its end. An attacker puts
them beside the tables of four releases, whose people lie partly in one quarter and partly in the next."""

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from insights.disclosure import DEFAULT
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.releases.policies import LEAST_NEWCOMERS
from tests.insights.disclosure.cell_key_attackers import AGREED, MOST_HIDDEN, Off, noise_of

pytestmark = pytest.mark.slow
SYSTEMS, RELEASES = {ReleaseNoise: 600, Off: 150}, 4


def draw_arrivals(rng):
    """(number of people at each release, ends of quarters): people in the order in which they came, quarters that end
    anywhere between."""
    people = int(rng.integers(60, 600))
    counted = np.cumsum([people, *rng.integers(LEAST_NEWCOMERS, 80, RELEASES - 1)])
    ends = np.sort(rng.choice(np.arange(20, counted[-1]), int(rng.integers(1, 5)), replace=False))
    if rng.random() < 0.3:  # closed with the last quarter
        ends[-1] = counted[-1]
    return counted, ends


def list_periods(release, counted, ends):
    """(first, end) of the quarters that the release is the first to count: over before it, and not before the last."""
    before = counted[release - 1] if release else 0
    found = [(first, end) for first, end in zip([0, *ends], ends, strict=False) if before < end <= counted[release]]
    while found and 0 < counted[release] - found[-1][1] < LEAST_NEWCOMERS:
        found.pop()
    return found


def draw_system(rng, kind, with_periods):
    """(lines, told, targets): which cells (stretch of time x answer x group) each shown figure holds, what it shows, and
    (line, true count) of each hidden count from 1 to 4."""
    counted, ends = draw_arrivals(rng)
    answers, groups = int(rng.integers(2, 6)), int(rng.integers(1, 4))
    cuts = np.unique([*counted, *ends])
    stretch = np.searchsorted(cuts, np.arange(counted[-1]), side="right")
    shape = (len(cuts), answers, groups)
    said = rng.choice(answers * groups, counted[-1], p=rng.dirichlet(np.full(answers * groups, 0.7)))
    index, keys = np.arange(np.prod(shape)).reshape(shape), noise_of(rng, counted[-1], kind).record_keys
    lines, told, targets = [], [], []
    for release in range(RELEASES):
        noise = kind(keys[: counted[release]], rng.permutation(KEYS))
        one_way = [(answer, None) for answer in (None, *range(answers))]
        two_way = (
            [(answer, group) for answer in (None, *range(answers)) for group in range(groups)] if groups > 1 else []
        )
        parts = [((0, counted[release]), one_way + two_way)]
        parts += [(part, one_way) for part in (list_periods(release, counted, ends) if with_periods else ())]
        for (first, end), figures in parts:
            if end - first < DEFAULT.min_base:
                continue
            inside = np.arange(first, end)
            for answer, group in figures:
                there = np.ones(inside.size, dtype=bool)
                cells = index[np.unique(stretch[first:end])]
                if answer is not None:
                    there, cells = there & (said[first:end] // groups == answer), cells[:, [answer]]
                if group is not None:
                    there, cells = there & (said[first:end] % groups == group), cells[..., [group]]
                line = np.zeros(index.size)
                line[cells.ravel()] = 1
                count, shown = int(there.sum()), noise.perturb_people(inside[there])
                if shown >= DEFAULT.threshold:
                    lines.append(line)
                    told.append(shown)
                elif 1 <= count <= 4:
                    targets.append((line, count))
    return np.array(lines), np.array(told, dtype=float), targets


def attack(kind, *, with_periods=True):
    """(share of hidden counts that least squares hits, share of the best constant)"""
    rng, right, counts = np.random.default_rng(0), [], []
    for _ in range(SYSTEMS[kind]):
        lines, told, targets = draw_system(rng, kind, with_periods)
        if targets:
            hidden = np.array([line for line, _ in targets])
            most = np.where(hidden.any(axis=0), MOST_HIDDEN, told.max() + 7)
            found = hidden @ lsq_linear(lines, told, bounds=(0, most)).x
            true = [count for _, count in targets]
            right += (np.clip(np.rint(found), 1, 4) == true).tolist()
            counts += true
    return np.mean(right), np.bincount(counts).max() / len(counts)


def test_closed_periods_counted_once_hardly_help_an_attacker():
    on, constant = attack(ReleaseNoise)
    without, constant_without = attack(ReleaseNoise, with_periods=False)
    assert on - constant <= without - constant_without + 0.02
    off, constant = attack(Off)
    assert off > constant + AGREED["over_constant"], "with the noise switched off the attack works"
