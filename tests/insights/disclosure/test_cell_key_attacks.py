"""Attacks on figures by cell keys. Each succeeds where the noise is switched off, and not where it is on."""

from functools import cache
from math import log

import numpy as np
import pytest

from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.management.commands.build_perturbation_tables import CARD_PATH
from tests.insights.disclosure.cell_key_attackers import (
    AGREED,
    COUNTS,
    FreshAlone,
    LastingAlone,
    Off,
    Shown,
    attack_oldest,
    by_least_squares,
    by_linear_programme,
    chance_of_hiding,
    cross_table,
    declared_groups,
    find_hidden,
    free_groups,
    likelihood_of_steps,
    noise_of,
    posteriors,
    random_system,
)

pytestmark = pytest.mark.slow
KINDS = (ReleaseNoise, Off)
SYSTEMS = {ReleaseNoise: AGREED["systems"], Off: 150}
MOST = AGREED["over_constant"]


@cache
def systems(kind, releases=1, larger=None):
    rng = np.random.default_rng(1)
    return [random_system(rng, kind, releases, larger) for _ in range(SYSTEMS[kind])]


ATTACKS = ("least squares", "linear programme", "Bayes")


def attack(found, name, kind, within=None):
    """(share of hidden counts that it hits, share of the best constant) of an attack. `within`: of which cells of some
    tables, where not of all."""
    guess = {
        "least squares": rounded(by_least_squares),
        "linear programme": rounded(by_linear_programme),
        "Bayes": likeliest(belief_of(found, kind), kind),
    }[name]
    return hits(found, guess, within)


def belief_of(found, kind):
    """P(count) of a hidden cell before anything else is looked at, from how often each count occurs: more than an
    attacker knows."""
    counts = np.concatenate([counts.ravel() for counts, _ in found])
    prior = np.bincount(counts[counts < COUNTS.size], minlength=COUNTS.size)
    told = prior * (chance_of_hiding() if kind is ReleaseNoise else COUNTS < 5)
    return told / told.sum()


def hits(found, guess, within=None):
    """(share of hidden counts from 1 to 4 that `guess` hits, share that the best constant hits)."""
    right, counts = [], []
    for true, tables in found:
        wanted = find_hidden(tables[0]) if within is None else find_hidden(tables[0]) & within(tables)
        places = np.flatnonzero(wanted & (true.ravel() >= 1) & (true.ravel() <= 4))
        if places.size:
            right += (guess(tables, places) == true.ravel()[places]).tolist()
            counts += true.ravel()[places].tolist()
    return np.mean(right), np.bincount(counts).max() / len(counts)


def rounded(solve):
    return lambda tables, places: np.clip(np.rint(solve(tables)[places]), 1, 4)


def likeliest(belief, kind):
    def guess(tables, places):
        found = dict(posteriors(tables, belief, kind))
        return np.array([1 + int(found[place][1:5].argmax()) if place in found else 2 for place in places])

    return guess


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("larger", [None, declared_groups], ids=["", "larger groups"])
@pytest.mark.parametrize("releases", [1, 2, 3, 4])
def test_no_attacker_hits_a_hidden_count_clearly_more_often_than_the_best_constant(name, releases, larger):
    """Larger groups: three to eight columns, and the same table by one coarser partition of them."""
    on, constant = attack(systems(ReleaseNoise, releases, larger), name, ReleaseNoise)
    assert on <= constant + MOST
    off, constant = attack(systems(Off, releases, larger), name, Off)
    assert off > constant + MOST, "with the noise switched off an attack hits most of them"


def is_shown_since(tables):
    """Of each cell, whether a release shows it."""
    return np.any([~find_hidden(each) for each in tables if each.is_finest], axis=0)


@pytest.mark.parametrize(
    ("name", "releases", "larger"),
    [
        *(("Bayes", releases, larger) for releases in (2, 3, 4) for larger in (None, declared_groups)),
        ("least squares", 4, None),
    ],
)
def test_later_releases_tell_little_of_a_count_that_the_oldest_one_hides(name, releases, larger):
    """Where it is hidden still, no more than of other counts. Where it is shown since, it was likely 3 or 4, which any
    threshold tells: the attacker hits it hardly more often than all hidden counts."""
    on, off = ([attack_oldest(shown) for _, shown in systems(kind, releases, larger)] for kind in (ReleaseNoise, Off))
    hit, constant = attack(on, name, ReleaseNoise, lambda tables: ~is_shown_since(tables))
    assert hit <= constant + MOST
    hit, constant = attack(on, name, ReleaseNoise, is_shown_since)
    assert hit <= constant + AGREED["over_constant_shown_since"]
    hit, constant = attack(off, name, Off)
    assert hit > constant + AGREED["over_constant_shown_since"], "with the noise switched off it hits most of them"


def test_free_unions_of_groups_would_give_hidden_counts_away():
    """So nobody combines freely: with each two columns together every attack works, whatever the noise."""
    rng = np.random.default_rng(0)
    found = [random_system(rng, ReleaseNoise, 1, free_groups) for _ in range(60)]
    for name in ("least squares", "Bayes"):
        on, constant = attack(found, name, ReleaseNoise)
        assert on > constant + 0.10


def test_closed_periods_in_each_release_would_give_hidden_counts_away():
    """So they are no group of a release: the same people are in a row in each, and the newest join the last one."""
    rng, found = np.random.default_rng(0), []
    for _ in range(600):
        people, columns = int(rng.integers(60, 600)), int(rng.integers(2, 6))
        ends = np.sort(rng.choice(np.arange(30, people, 30), min(3, (people - 1) // 30), replace=False))
        answers = rng.choice(columns, people + 36, p=rng.dirichlet(np.full(columns, 0.7)))
        cell_of = np.searchsorted(ends, np.arange(people + 36), side="right") * columns + answers
        noise, groups = noise_of(rng, people + 36), tuple((column,) for column in range(columns))
        group_keys = rng.integers(0, KEYS, columns)
        told = []
        for release in range(4):
            inside = cell_of[: people + 36 - 12 * release]
            each = ReleaseNoise(noise.record_keys[: inside.size], rng.permutation(KEYS))
            told.append(cross_table(inside, len(ends) + 1, groups, each, group_keys))
        found.append((told[0][0], [Shown(release, table, groups) for release, (_, table) in enumerate(told)]))
    on, constant = attack(found, "least squares", ReleaseNoise)
    assert on > constant + MOST


STATES = pytest.mark.parametrize("states", [[0], [1]], ids=["empty", "one person"])


@STATES
def test_no_figure_makes_emptiness_or_a_single_person_much_more_likely_than_it_was(states):
    """In 99 % of all cells of a release the odds rise by a factor of 5 at most, over what "fewer than 5" itself says."""
    kept = {}
    for kind in KINDS:
        found, belief = systems(kind), belief_of(systems(kind), kind)
        before, cells = log_odds(belief[states].sum()), sum(counts.size for counts, _ in found)
        rises = [log_odds(chance[states].sum()) - before for chance, _ in list_beliefs(kind)]
        kept[kind] = 1 - np.sum(np.array(rises) > log(AGREED["odds"])) / cells
    assert kept[ReleaseNoise] >= 0.99 > kept[Off]


@cache
def list_beliefs(kind, releases=1, larger=None):
    """(P(count), its true count) of each hidden cell."""
    found = systems(kind, releases, larger)
    belief = belief_of(found, kind)
    return [
        (chance, counts.ravel()[place])
        for counts, tables in found
        for place, chance in posteriors(tables, belief, kind)
    ]


@pytest.mark.parametrize(("releases", "rest"), AGREED["odds_exceeded"].items())
def test_the_rest_are_empty_cells_and_never_one_person(releases, rest):
    """The cells in which the odds rise by more: their share, and how sure anyone can be of them. Over four releases
    they are more than the one in a hundred that was agreed, which the card says. Its claims are not too timid."""
    found = systems(ReleaseNoise, releases)
    belief, cells = belief_of(found, ReleaseNoise), sum(counts.size for counts, _ in found)
    claims = {state: [] for state in (0, 1)}
    for chance, true in list_beliefs(ReleaseNoise, releases):
        for state, told in claims.items():
            if log_odds(chance[state]) - log_odds(belief[state]) > log(AGREED["odds"]):
                told.append((chance[state], true == state))
    assert claims[1] == []
    empty = np.array(claims[0])
    certain = [chance[1] for chance, _ in list_beliefs(Off, releases)]
    assert max(certain) > 0.95, "with the noise switched off single persons are found"
    assert 0 < len(empty) / cells <= rest
    assert f"{100 * len(empty) / cells:.1f} % of all cells over {releases}" in CARD_PATH.read_text()
    assert empty[:, 0].max() < AGREED["surest"]
    assert empty[:, 1].mean() <= empty[:, 0].mean() + 0.1


ALIKE = 40  # hidden cells of about the same claim


@STATES
def test_declared_larger_groups_make_neither_much_more_likely(states):
    """As above, for an attacker who knows how often such claims are right: with larger groups the normal approximation
    claims too much. Uncorrected it exceeds a factor of 5 in 1.3 % of all cells, where 62 % are empty and it says 78 %."""
    kept = {}
    for kind in KINDS:
        found = systems(kind, larger=declared_groups)
        belief, told = belief_of(found, kind), list_beliefs(kind, larger=declared_groups)
        claims = sorted((chance[states].sum(), true in states) for chance, true in told)
        alike = np.array_split([right for _, right in claims], len(claims) // ALIKE)
        over = [log_odds(right.mean()) - log_odds(belief[states].sum()) > log(AGREED["odds"]) for right in alike]
        kept[kind] = 1 - np.dot(over, [right.size for right in alike]) / sum(counts.size for counts, _ in found)
    assert kept[ReleaseNoise] >= 0.99 > kept[Off]


def log_odds(chance):
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return log(chance / (1 - chance))


def found_among_four(rng, kind, arrivals, trials=1500):
    """How often an attacker, who takes their own answers out, finds which of four answers one person chose."""
    moved, still = likelihood_of_steps(rng, kind, arrivals), likelihood_of_steps(rng, kind, 0)
    right = 0
    for _ in range(trials):
        chosen, scores = int(rng.integers(4)), []
        for answer in range(4):
            (step,) = likelihood_of_steps(rng, kind, arrivals if answer == chosen else 0, trials=1)
            scores.append(moved.get(step, 1e-6) / still.get(step, 1e-6) + rng.random() * 1e-9)
        right += int(np.argmax(scores)) == chosen
    return right / trials


@pytest.mark.parametrize("arrivals", [1, -1], ids=["nine blanks and one person", "one person withdrawn"])
def test_the_answer_of_one_person_among_four_is_found_hardly_more_often_than_by_chance(arrivals):
    """With the lasting part alone only the numbers of that person's answer move."""
    rng = np.random.default_rng(5)
    assert found_among_four(rng, ReleaseNoise, arrivals) <= 0.25 + AGREED["over_margins"]
    assert found_among_four(rng, LastingAlone, arrivals, trials=400) > 0.75
    assert found_among_four(rng, Off, arrivals, trials=200) > 0.95


def test_the_mean_of_four_releases_does_not_lead_back_to_a_small_count():
    """Even for an attacker who sees the numbers that "fewer than 5" stands for, and rounds their mean. It would with the
    fresh part alone, whose mean is the count."""
    rng = np.random.default_rng(7)
    gain = {}
    for kind in (*KINDS, FreshAlone):
        right, true = [], rng.integers(1, 5, 4000)
        for count in true:
            first = noise_of(rng, int(count), kind)
            told = [
                kind(first.record_keys, rng.permutation(first.fresh_keys)).perturb_people(np.arange(count))
                for _ in range(4)
            ]
            right.append(round(np.mean(told)) == count)
        gain[kind] = np.mean(right) - np.bincount(true).max() / true.size
    assert gain[ReleaseNoise] <= 0.10 < gain[FreshAlone] < gain[Off]
