"""Pairs of services overlap: a person with three services is in three of them. An attacker puts all pairs, each service and
each answer together. In one release that hits a hidden count hardly more often than the likeliest number does; over more
releases it would, so that one release alone shows pairs."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from insights.disclosure import DEFAULT
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.releases.release_freezing import RELEASES_WITH_PAIRS
from tests.insights.disclosure.cell_key_attackers import AGREED, MOST_HIDDEN, Off, noise_of

pytestmark = pytest.mark.slow
ANSWERS = 3


def draw_system(rng, kind, releases):
    """(lines, told, targets): which kinds of people (services x answer) each shown figure of these releases holds, what it
    shows, and (line, true count) of each count from 1 to 4 of a pair and an answer that the newest release hides."""
    services, people = int(rng.integers(3, 6)), int(rng.integers(60, 400)) + 12 * (releases - 1)
    had = rng.random((people, services)) < rng.uniform(0.15, 0.7, services)
    said = rng.choice(ANSWERS, people, p=rng.dirichlet(np.ones(ANSWERS)))
    kinds = [(np.array(one), answer) for one in product((0, 1), repeat=services) for answer in range(ANSWERS)]
    groups = [(), *((one,) for one in range(services)), *combinations(range(services), 2)]
    keys, lines, told, targets = noise_of(rng, people, kind).record_keys, [], [], []
    for release in range(releases):
        counted = people - 12 * release
        noise = kind(keys[:counted], rng.permutation(KEYS))
        for group in groups:
            within = had[:counted, list(group)].all(axis=1)
            # What a service alone has to do with the answers is no figure.
            for answer in (None, *(range(ANSWERS) if len(group) != 1 else ())):
                inside = np.flatnonzero(within & (True if answer is None else said[:counted] == answer))
                line = np.array([one[list(group)].all() and answer in (None, other) for one, other in kinds])
                shown = noise.perturb_people(inside)
                if within.sum() >= DEFAULT.min_group and shown >= DEFAULT.threshold:
                    lines.append(line)
                    told.append(shown)
                elif within.sum() >= DEFAULT.min_group and not release and len(group) == 2 and 1 <= inside.size <= 4:
                    targets.append((line, inside.size))
    return np.array(lines, dtype=float), np.array(told, dtype=float), targets


def attack(kind, releases, systems=600):
    """(share of hidden counts that least squares hits, share of the best constant)"""
    rng, right, counts = np.random.default_rng(0), [], []
    for _ in range(systems):
        lines, told, targets = draw_system(rng, kind, releases)
        if targets:
            hidden = np.array([line for line, _ in targets], dtype=float)
            most = np.where(hidden.any(axis=0), MOST_HIDDEN, told.max() + 7)
            found = hidden @ lsq_linear(lines, told, bounds=(0, most)).x
            true = [count for _, count in targets]
            right += (np.clip(np.rint(found), 1, 4) == true).tolist()
            counts += true
    return np.mean(right), np.bincount(counts).max() / len(counts)


def test_the_pairs_of_the_releases_that_show_them_hardly_help_an_attacker():
    on, constant = attack(ReleaseNoise, RELEASES_WITH_PAIRS)
    assert on <= constant + AGREED["over_constant"]
    off, constant = attack(Off, RELEASES_WITH_PAIRS, 150)
    assert off > constant + AGREED["over_constant"], "with the noise switched off the attack works"


def test_pairs_in_four_releases_would():
    on, constant = attack(ReleaseNoise, 4)
    assert on > constant + AGREED["over_constant"]
