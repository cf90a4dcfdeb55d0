"""Attacks that want to be certain of a few people, each by an attacker who knows the chance of every difference of two shown
numbers: the one person in a group who answered, a group that all said the same, a picture that is renewed again and again,
and noise that was drawn until it fitted. Each succeeds where the noise is switched off."""

from functools import cache
from math import log

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from insights.disclosure import DEFAULT
from insights.disclosure.live_tables import LEAST_NEWCOMERS
from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables
from insights.disclosure.perturbed_tables import perturb_table
from insights.disclosure.protected_tables import CountTable
from insights.releases import cross_tabulation
from insights.releases.cross_tabulation import TOTAL, CountedTable, split_table
from insights.releases.policies import TABLES_BY_GROUP
from insights.releases.release_freezing import MOST_DRAWS
from insights.releases.release_verification import MOST_BIAS, MOST_MEAN_ERROR
from tests.insights.disclosure.cell_key_attackers import AGREED, MOST_HIDDEN, Off, likelihood_of_steps, noise_of

ANSWERS = ("a", "b", "c", "d")


def convolve(one, other, sign=1):
    found = {}
    for a, p in one.items():
        for b, q in other.items():
            found[a + sign * b] = found.get(a + sign * b, 0) + p * q
    return found


@cache
def chance_of_noise(kind):
    """{noise of a number that is not small: its chance}, from the public tables."""
    if kind is Off:
        return {0: 1.0}
    lasting, fresh = (
        {place - part.most: keys / KEYS for place, keys in enumerate(part.lines[-1])} for part in load_tables()
    )
    return convolve(lasting, fresh)


@cache
def chance_of_difference(kind, others):
    """Of a whole less its `others` parts, where nothing else is in it."""
    found = chance_of_noise(kind)
    for _ in range(others):
        found = convolve(found, chance_of_noise(kind), -1)
    return found


def count_answers(noise, answers, groups, number):
    """The protected table of answers by groups, counted as releases count it."""
    behind = {(answer, TOTAL): np.flatnonzero(answers == place) for place, answer in enumerate(ANSWERS)}
    behind[TOTAL, TOTAL] = np.arange(answers.size)
    options = tuple((answer, answer) for answer in (*ANSWERS, "blank"))
    behind["blank", TOTAL] = np.flatnonzero(answers == len(ANSWERS))
    table = CountTable.one_way({answer: behind[answer, TOTAL].size for answer, _ in options})
    whole = CountedTable("question", f"q{number}", "", options, table, behind)
    names = tuple(f"g{place}" for place in range(groups.max() + 1))
    masks = {name: groups == place for place, name in enumerate(names)}
    split = split_table(whole, masks, "question-by", f"about{number}|q", "", tuple((name, name) for name in names))
    return perturb_table(split.table, split.list_cell_keys(noise), noise, DEFAULT)


def guess_the_one(table, kind):
    """Of each answer, what everyone less the other groups tells of "one more in the first group" over "none"."""
    none = chance_of_difference(kind, len(table.columns) - 1)
    scores = []
    for row in table.grid[: len(ANSWERS)]:
        values = [row[-1].value, *(cell.value for cell in row[1:-1])]
        step = None if None in values else values[0] - sum(values[1:])
        scores.append(1.0 if step is None else (none.get(step - 1, 0) + 1e-12) / (none.get(step, 0) + 1e-12))
    return scores


def nine_blanks(rng, kind, groups, number):
    """(whether the answer of the one is found, whether the likeliest answer of everyone is it)."""
    people = int(rng.integers(150, 400))
    answers = rng.choice(4, people, p=rng.dirichlet(np.full(4, 6)))
    group = rng.integers(1, groups + 1, people)
    chosen = int(rng.integers(4))
    answers, group = np.r_[answers, np.full(9, 4), chosen], np.r_[group, np.zeros(10, dtype=int)]
    table = count_answers(noise_of(rng, answers.size, kind), answers, group, number)
    scores = np.array(guess_the_one(table, kind)) + rng.random(4) * 1e-9
    return scores.argmax() == chosen, np.bincount(answers, minlength=4)[:4].argmax() == chosen


@pytest.mark.slow
@pytest.mark.parametrize("groups", [1, 2, 3])
def test_of_nine_blanks_and_one_person_the_answer_is_hardly_found_more_often_than_from_the_margins(groups):
    """Beside one other group, or two or three."""
    share = {}
    for kind, trials in ((ReleaseNoise, 800), (Off, 100)):
        rng = np.random.default_rng(groups)
        share[kind] = np.mean([nine_blanks(rng, kind, groups, number) for number in range(trials)], axis=0)
    found, from_margins = share[ReleaseNoise]
    assert found <= max(from_margins, 0.25) + AGREED["over_margins"]
    assert share[Off][0] > 0.95


def one_withdrawn(rng, kind, splits, moved, still, number):
    """(whether the answer of one who left is found, whether the likeliest answer of a group of theirs is it): in two
    releases, between which twelve people came whose answers the attacker knows and takes out; from the numbers of
    everyone and from those of the person's own group in each of some splits."""
    people = int(rng.integers(150, 400))
    answers = np.r_[rng.choice(4, people, p=rng.dirichlet(np.full(4, 6))), np.full(12, 4)]
    keys, insides = noise_of(rng, people + 12, kind), (np.arange(people), np.arange(1, people + 12))
    noises = [kind(keys.record_keys[inside], rng.permutation(KEYS)) for inside in insides]
    scores = None
    for split in range(max(1, splits)):
        group = rng.integers(0, 2, people + 12)
        tables = [
            count_answers(noise, answers[inside], group[inside], f"{number}/{split}")
            for noise, inside in zip(noises, insides, strict=True)
        ]
        if scores is None:
            first = [row[group[0]].value or 0 for row in tables[0].grid[:4]]
            scores = np.array(first, dtype=float) + 1e-9 * rng.random(4)
            likeliest = scores.argmax()
        for column in [*([-1] if split == 0 else []), *([group[0]] if splits else [])]:
            before, after = ([row[column].value for row in table.grid[:4]] for table in tables)
            for answer, (one, other) in enumerate(zip(before, after, strict=True)):
                if None not in (one, other):
                    scores[answer] *= moved.get(other - one, 1e-6) / still.get(other - one, 1e-6)
    return scores.argmax() == answers[0], likeliest == answers[0]


def find_withdrawn(kind, splits, trials):
    """(share of tries in which the answer is found, above that from the margins)"""
    rng = np.random.default_rng(12)
    moved, still = (likelihood_of_steps(rng, kind, arrivals) for arrivals in (-1, 0))
    found = [one_withdrawn(rng, kind, splits, moved, still, number) for number in range(trials)]
    share, from_margins = np.mean(found, axis=0)
    return share, share - max(from_margins, 0.25)


@pytest.mark.slow
@pytest.mark.parametrize("splits", [0, 1], ids=["of everyone", "of everyone and by how they sound"])
def test_the_answer_of_one_who_withdrew_is_hardly_found_more_often_than_from_the_margins(splits):
    """From what stands in two releases in a row, and from how often each answer was given in that person's group."""
    assert find_withdrawn(ReleaseNoise, splits, 4000)[1] <= AGREED["over_margins"]
    assert find_withdrawn(Off, splits, 200)[0] > 0.95


@pytest.mark.slow
@pytest.mark.parametrize("splits", [2, 4])
def test_tables_by_several_groups_in_two_releases_in_a_row_would_find_it(splits):
    """So they wait for so many people that nobody knows them all: releases.policies.TABLES_BY_GROUP."""
    assert find_withdrawn(ReleaseNoise, splits, 1500)[1] > AGREED["over_margins"]
    assert TABLES_BY_GROUP >= 1.4


@pytest.mark.slow
def test_without_the_key_of_the_group_equal_numbers_would_find_it(monkeypatch):
    """Beside one other group: the number of everyone is that of the other group, but for the answer of the one."""
    monkeypatch.setattr(cross_tabulation, "make_group_key", lambda *name: 0)
    rng, right = np.random.default_rng(3), []
    for number in range(200):
        answers, group = rng.choice(4, 200), np.ones(200, dtype=int)
        chosen = int(rng.integers(4))
        answers, group = np.r_[answers, np.full(9, 4), chosen], np.r_[group, np.zeros(10, dtype=int)]
        table = count_answers(noise_of(rng, answers.size), answers, group, number)
        differs = [row[-1].value != row[1].value for row in table.grid[:4]]
        right.append(differs[chosen] and sum(differs) == 1)
    assert np.mean(right) > 0.8


def list_beliefs_of_unanimity(kind, trials):
    """[(P(nobody in the group said otherwise) to an attacker, whether so)]: one group of fifty in which up to four, each
    as likely, said no, beside another group; from the number of everyone who said no, less the other group's."""
    rng, chance, found = np.random.default_rng(4), chance_of_difference(kind, 1), []
    for number in range(trials):
        no = int(rng.integers(0, 5))
        answers = np.r_[np.zeros(50 - no, dtype=int), np.ones(no, dtype=int), np.repeat([0, 1], 60)]
        group = np.r_[np.zeros(50, dtype=int), np.ones(120, dtype=int)]
        table = count_answers(noise_of(rng, answers.size, kind), answers, group, number)
        if (table.cell(0, 0).symbol, table.cell(1, 0).symbol) == ("nearly all", "fewer than 5"):
            step = table.grid[1][-1].value - table.cell(1, 1).value
            likely = np.array([chance.get(step - others, 0) for others in range(5)])
            found.append((likely[0] / likely.sum(), no == 0))
    return np.array(found)


@pytest.mark.slow
def test_nobody_is_certain_that_all_of_a_group_said_the_same():
    """Not even rather sure: in 99 % of such groups the odds rise by a factor of 5 at most."""
    on, off = list_beliefs_of_unanimity(ReleaseNoise, 1500), list_beliefs_of_unanimity(Off, 150)
    odds = on[:, 0] / np.maximum(1 - on[:, 0], 1e-9)
    assert len(on) > 500 and on[:, 1].any() and on[:, 0].max() < 0.95
    assert np.mean(np.log(odds / 0.25) <= log(AGREED["odds"])) >= 0.99
    assert off[off[:, 1] == 1, 0].min() == 1, "with the noise switched off it is certain"


def draw_pictures(rng, kind, renewals):
    """{choice: (its count now, what each picture of it showed)} and how many were in each picture: a poll to which as few
    people come between two pictures as may be."""
    choices, chance = int(rng.integers(3, 7)), rng.dirichlet(np.full(7, 0.7))
    people = [int(rng.integers(30, 60))]
    for _ in range(renewals):
        people.append(people[-1] + LEAST_NEWCOMERS + int(rng.integers(5)))
    said = rng.choice(choices, people[-1], p=chance[:choices] / chance[:choices].sum())
    keys, shown = rng.integers(0, KEYS, people[-1]), []
    for inside in people:
        noise = kind(keys[:inside], rng.permutation(KEYS))
        values = [noise.perturb_people(np.flatnonzero(said[:inside] == choice)) for choice in range(choices)]
        shown.append([value if value >= DEFAULT.threshold else 0 for value in values])
    counts = np.bincount(said, minlength=choices)
    return [(int(counts[at]), [row[at] for row in shown], people) for at in range(choices)]


@cache
def chance_of_showing(kind):
    """(for each count {what the lasting part leaves: chance}, for each of these {number shown, 0 for hidden: chance})."""
    lasting, fresh = load_tables()

    def spread(part, count):
        if kind is Off:
            return {count: 1.0}
        line = part.lines[min(count, part.most)]
        return {count + place - part.most: keys / KEYS for place, keys in enumerate(line) if keys}

    seen = {}
    for left in range(8):
        seen[left] = {}
        for value, chance in spread(fresh, left).items():
            at = value if value >= DEFAULT.threshold else 0
            seen[left][at] = seen[left].get(at, 0) + chance
    return {count: spread(lasting, count) for count in range(1, 5)}, seen


def likelihood(kind, count, shown, people):
    """Of what pictures showed, where it is `count` now: it has been so since one of them, the earlier the less likely."""
    left_of, seen = chance_of_showing(kind)
    total = 0.0
    for since in range(len(shown)):
        stayed = (people[since] / people[-1]) ** count
        came = 1 - (people[since - 1] / people[since]) ** count if since else 1
        chance = sum(
            p * np.prod([seen[left].get(value, 0) for value in shown[since:]]) for left, p in left_of[count].items()
        )
        total += stayed * came * chance
    return total


@pytest.mark.slow
@pytest.mark.parametrize(("renewals", "polls"), [(4, 3000), (7, 3000), (11, 25000)])
def test_a_live_picture_that_is_renewed_many_times_hardly_helps_an_attacker(renewals, polls):
    """Beyond the four releases that other attacks have: at most five points above the best constant, over twelve pictures
    as well, each of as few more people as may be. The attacker has the whole row of numbers, and knows how often each
    count occurs."""
    rng, found = np.random.default_rng(renewals), []
    for _ in range(polls):
        found += [one for one in draw_pictures(rng, ReleaseNoise, renewals) if 1 <= one[0] <= 4 and not one[1][-1]]
    prior = np.bincount([count for count, _, _ in found], minlength=5) / len(found)
    right = [
        count == max(range(1, 5), key=lambda guess: prior[guess] * likelihood(ReleaseNoise, guess, shown, people))
        for count, shown, people in found
    ]
    assert np.mean(right) <= prior.max() + AGREED["over_constant"]


@pytest.mark.slow
def test_without_noise_a_live_picture_tells_when_a_choice_began_to_show():
    """Its count is known as soon as it shows, and who came between two pictures by their difference."""
    rng = np.random.default_rng(1)
    rows = [row for _ in range(200) for row in draw_pictures(rng, Off, 7) if row[0] >= DEFAULT.threshold]
    assert rows and all(shown[-1] == count for count, shown, _ in rows)
    noisy = [row for _ in range(200) for row in draw_pictures(rng, ReleaseNoise, 7) if row[0] >= DEFAULT.threshold]
    assert np.mean([shown[-1] == count for count, shown, _ in noisy]) < 0.35


def redraw_until_true(rng, kind):
    """(true counts, table, the places of the figures whose errors cancel): noise drawn as releases draw it."""
    rows, columns, people = 8, 6, int(rng.integers(900, 1600))
    cell_of = rng.choice(rows * columns, people, p=rng.dirichlet(np.full(rows * columns, 0.8)))
    counts = np.bincount(cell_of, minlength=rows * columns).reshape(rows, columns)
    index = np.arange(rows * columns).reshape(rows, columns)
    sets = [index[np.ix_(down, right)].ravel() for down in wholes(rows) for right in wholes(columns)]
    places = [np.flatnonzero(np.isin(cell_of, one)) for one in sets]
    keys = rng.integers(0, KEYS, people)
    best = None
    for _ in range(MOST_DRAWS):
        noise = kind(keys, rng.permutation(KEYS))
        told = np.array([noise.perturb_people(one) for one in places])
        true = np.array([one.size for one in places])
        large = (true >= 10) & (told >= DEFAULT.threshold)
        off = (told - true)[large]
        far = max(abs(off.mean()) / MOST_BIAS, np.abs(off).mean() / MOST_MEAN_ERROR)
        if best is None or far < best[0]:
            best = far, told, large
        if far <= 1:
            break
    lines = np.array([np.isin(np.arange(rows * columns), one) for one in sets], dtype=float)
    return counts.ravel(), lines, best[1].astype(float), best[2]


def wholes(number):
    return [[one] for one in range(number)] + [list(range(number))]


def hit_after_redraw(kind, systems, *, knows):
    """(share of hidden counts that least squares hits, share of the best constant); `knows` that the errors of the larger
    figures cancel, which of so many is one equation more, and a sharp one."""
    rng, right, true = np.random.default_rng(6), [], []
    for _ in range(systems):
        counts, lines, told, large = redraw_until_true(rng, kind)
        shown = told >= DEFAULT.threshold
        places = lines[~shown & (lines.sum(axis=1) == 1)].argmax(axis=1)
        wanted = [place for place in places if 1 <= counts[place] <= 4]
        a, b = lines[shown], told[shown]
        if knows:
            weight = DEFAULT.noise / (MOST_BIAS * large.sum() / 3**0.5)
            a, b = np.vstack([a, weight * lines[large].sum(axis=0)]), np.r_[b, weight * told[large].sum()]
        most = np.where(np.isin(np.arange(lines.shape[1]), places), MOST_HIDDEN, told.max() + 7)
        found = np.clip(np.rint(lsq_linear(a, b, bounds=(0, most)).x), 1, 4)
        right += (found[wanted] == counts[wanted]).tolist()
        true += counts[wanted].tolist()
    return np.mean(right), np.bincount(true).max() / len(true)


@pytest.mark.slow
def test_that_noise_was_drawn_until_it_fitted_hardly_helps_an_attacker():
    """Errors that cancel are one equation over all larger figures; of each one it tells next to nothing."""
    on, constant = hit_after_redraw(ReleaseNoise, 200, knows=True)
    without, _ = hit_after_redraw(ReleaseNoise, 200, knows=False)
    assert on <= constant + AGREED["over_constant"] and on <= without + 0.02
    off, constant = hit_after_redraw(Off, 60, knows=True)
    assert off > constant + AGREED["over_constant"]
