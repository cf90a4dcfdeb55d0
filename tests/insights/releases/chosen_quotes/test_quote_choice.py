"""Properties of the choice, over random worlds: made of a few meanings, each said by many in nearly the same way."""

import itertools

import numpy as np
import pytest

from insights.releases.chosen_quotes.near_repeats import ComparedQuote, are_near_repeats, fold_near_repeats
from insights.releases.chosen_quotes.quote_choice import FIRST, choose_quotes
from insights.releases.models import CHOSEN

WORLDS = range(40)


def invent(seed):
    """(quotes, rows): 1 to 60 quotes around up to 8 meanings, a few of them of people who disagree."""
    rng = np.random.default_rng(seed)
    number, against = int(rng.integers(1, 60)), rng.choice([0, 0.05, 0.5])
    meanings = rng.normal(size=(int(rng.integers(1, 8)), 16))
    rows = meanings[rng.integers(0, len(meanings), number)] + rng.normal(
        scale=rng.choice([0.05, 0.3, 1]), size=(number, 16)
    )
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    quotes = [
        ComparedQuote(
            key=at,
            words=f"{'no ' * int(rng.integers(0, 2))}words{int(rng.integers(0, 4 * number))}".replace("0", "o"),
            disagrees=bool(rng.random() < against),
        )
        for at in range(number)
    ]
    return quotes, rows


def choose(quotes, rows):
    groups = fold_near_repeats(quotes, rows)
    return groups, choose_quotes(quotes, groups, rows)


@pytest.mark.parametrize("seed", WORLDS)
def test_no_two_near_repeats_are_shown_and_nobody_is_lost(seed):
    quotes, rows = invent(seed)
    groups, chosen = choose(quotes, rows)
    assert sorted(at for group in groups for at in group) == list(range(len(quotes)))
    shown = [group[0] for group in groups]
    for one, other in itertools.combinations(shown, 2):
        assert not are_near_repeats(quotes[one], quotes[other], float(rows[one] @ rows[other]))
    for first, *others in groups:
        assert all(
            are_near_repeats(quotes[first], quotes[other], float(rows[first] @ rows[other])) for other in others
        )
    assert set(chosen) <= set(shown)
    assert len(chosen) == len(set(chosen)) == min(CHOSEN, len(shown))


@pytest.mark.parametrize("seed", WORLDS)
def test_one_of_the_first_three_disagrees_where_anybody_does(seed):
    quotes, rows = invent(seed)
    _, chosen = choose(quotes, rows)
    if any(quote.disagrees for quote in quotes):
        assert any(quotes[at].disagrees for at in chosen[:FIRST])


@pytest.mark.parametrize("seed", WORLDS)
def test_the_same_quotes_give_the_same_choice_in_any_order(seed):
    quotes, rows = invent(seed)
    expected = [quotes[at].key for at in choose(quotes, rows)[1]]
    order = np.random.default_rng(seed).permutation(len(quotes))
    assert [quotes[order[at]].key for at in choose([quotes[at] for at in order], rows[order])[1]] == expected


def test_the_first_ones_come_from_different_ideas_the_largest_first():
    meanings = np.eye(5, 16, dtype=np.float32)
    rows = np.repeat(meanings, [9, 7, 5, 4, 3], axis=0) + np.random.default_rng(1).normal(scale=0.05, size=(28, 16))
    quotes = [ComparedQuote(at, f"words {'abcdefghijklmnopqrstuvwxyzäö'[at]}") for at in range(28)]
    groups = [[at] for at in range(28)]
    chosen = choose_quotes(quotes, groups, (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32))
    assert [int(np.searchsorted(np.cumsum([9, 7, 5, 4, 3]), at, side="right")) for at in chosen[:5]] == [0, 1, 2, 3, 4]


def test_where_the_codebook_has_sub_themes_each_is_heard_before_any_a_second_time():
    ideas = ["later", "later", "later", "cheaper", "cheaper", ""]
    quotes = [ComparedQuote(at, f"words {'abcdef'[at]}", idea=idea) for at, idea in enumerate(ideas)]
    rows = np.eye(6, dtype=np.float32)
    chosen = choose_quotes(quotes, [[at] for at in range(6)], rows)
    assert [ideas[at] for at in chosen[:3]] == ["later", "cheaper", ""]
