"""Tables by cell keys: what shows, what is named instead of shown, and that no number depends on another."""

from itertools import combinations
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.disclosure import DEFAULT, STRICTEST, CountTable, TableRefused, perturb_table
from insights.disclosure.perturbation import KEYS, ReleaseNoise
from insights.disclosure.record_keys import make_fresh_keys, make_record_keys

COUNTS = st.lists(st.integers(0, 90), min_size=2, max_size=6)


class Exact(ReleaseNoise):
    """Noise that is switched off."""

    def perturb_count(self, count, cell_key):
        return count


NO_NOISE = Exact(np.array([]), np.array([]))


def keys_of(grid, seed=1):
    """A cell key for each inner cell; those of totals are their sums, as the keys of people are."""
    inner = np.random.default_rng(seed).integers(0, KEYS, size=grid.shape)
    inner[grid == 0] = 0
    inner[-1] = inner[:-1].sum(axis=0)
    if grid.shape[1] > 1:
        inner[:, -1] = inner[:, :-1].sum(axis=1)
    return inner % KEYS


def shown(counts, rules=DEFAULT, *, sensitive=frozenset(), **more):
    table = CountTable.one_way(counts, **more) if isinstance(counts, dict) else counts
    protected = perturb_table(table, np.zeros_like(table.grid), NO_NOISE, rules, sensitive)
    return [[cell.symbol or cell.value for cell in row] for row in protected.grid]


def test_small_numbers_say_fewer_than_and_nothing_else_is_hidden():
    assert shown({"a": 60, "b": 5, "c": 4, "d": 0}) == [[60], [5], ["fewer than 5"], ["fewer than 5"], [69]]


def test_the_strictest_rules_and_sensitive_rows_begin_at_ten():
    counts = {"a": 60, "b": 9, "c": 12}
    assert shown(counts, STRICTEST)[1] == ["fewer than 10"]
    assert shown(counts, sensitive=frozenset("b"))[:3] == [[60], ["fewer than 10"], [12]]


def test_where_nearly_all_said_the_same_no_number_is_shown():
    assert shown({"a": 60, "b": 4}) == [["nearly all"], ["fewer than 5"], [64]]
    assert shown({"a": 60, "b": 0}) == [["nearly all"], ["fewer than 5"], [60]]
    assert shown({"a": 55, "b": 30}, base=58) == [["nearly all"], [30], [58]]


def test_a_base_under_thirty_shows_nothing():
    with pytest.raises(TableRefused, match="Fewer than 30"):
        shown({"a": 15, "b": 14})


def test_a_group_under_ten_is_not_compared_and_hides_no_other():
    table = CountTable(("yes", "no"), ((30, 6), (20, 3)), ("large", "small"))
    assert shown(table) == [
        [30, "fewer than 10", 36],
        [20, "fewer than 10", 23],
        [50, "fewer than 10", 59],
    ]


def test_percents_are_those_of_the_numbers_beside_them():
    table = CountTable(("yes", "no"), ((30, 6), (20, 6)), ("large", "small"))
    protected = perturb_table(table, np.zeros((3, 3), dtype=int), NO_NOISE, DEFAULT)
    assert [protected.percent(0, at) for at in (0, 1)] == [60, 50]


@given(COUNTS, st.integers(0, 1000))
def test_a_cell_is_the_same_whatever_stands_beside_it(counts, seed):
    """No secondary suppression: adding rows to a table of several answers changes no other row."""
    counts = {str(at): count for at, count in enumerate(counts)}
    noise = ReleaseNoise(np.array([]), make_fresh_keys("1/1"))
    table = CountTable.one_way(counts, base=200)
    keys = keys_of(table.grid, seed)
    whole = perturb_table(table, keys, noise, DEFAULT).grid
    first = CountTable.one_way({"0": counts["0"]}, base=200)
    alone = perturb_table(first, keys[[0, -1]], noise, DEFAULT).grid
    assert (whole[0], whole[-1]) == (alone[0], alone[-1])


def test_the_same_people_have_the_same_number_in_each_table():
    people = [UUID(int=number) for number in range(300)]
    noise = ReleaseNoise(make_record_keys(people), make_fresh_keys("1/1"))
    young, yes = np.arange(0, 120), np.arange(60, 260)
    inside = np.intersect1d(young, yes)
    expected = noise.perturb_people(inside)
    by_age = CountTable.one_way({"yes": inside.size}, base=young.size)
    by_answer = CountTable.one_way({"young": inside.size}, base=yes.size)
    for table, whole in ((by_age, young), (by_answer, yes)):
        keys = np.array([[noise.cell_key(inside)], [noise.cell_key(whole)]])
        assert perturb_table(table, keys, noise, DEFAULT).cell(0).value == expected


def test_a_base_of_thirty_and_a_rest_of_five_are_enough():
    assert shown({"a": 25, "b": 5}) == [[25], [5], [30]]


def test_the_rest_of_a_group_has_the_cell_key_of_its_people():
    """So "nearly all" hangs on who the few others are, as every number does."""
    asked = []

    class Recording(Exact):
        def perturb_count(self, count, cell_key):
            asked.append((count, cell_key))
            return count

    table = CountTable.one_way({"a": 60, "b": 40})
    keys = np.array([[4000], [200], [(4000 + 200) % KEYS]])
    perturb_table(table, keys, Recording(np.array([]), np.array([])), DEFAULT)
    assert (40, 200) in asked[len(table.grid) :] and (60, 4000) in asked[len(table.grid) :]


def themes_by_themes(counts, everyone):
    """A mirrored table, of {(theme, theme): people of both}."""
    names = tuple(sorted({name for pair in counts for name in pair}))
    inner = tuple(tuple(counts.get((one, other), counts.get((other, one), 0)) for other in names) for one in names)
    wholes = tuple(inner[at][at] for at in range(len(names)))
    return CountTable(names, inner, names, bases=wholes, totals=(*wholes, everyone))


def test_a_small_cell_of_a_sensitive_column_is_named_as_its_mirror_is():
    table = themes_by_themes({("a", "a"): 50, ("s", "s"): 20, ("a", "s"): 9}, 100)
    found = shown(table, sensitive=frozenset("s"))
    assert found[0][1] == found[1][0] == "fewer than 10"
    found = shown(themes_by_themes({("a", "a"): 50, ("s", "s"): 20, ("a", "s"): 10}, 100), sensitive=frozenset("s"))
    assert found[0][1] == found[1][0] == 10


def test_nearly_all_of_one_theme_is_told_of_neither_of_its_two_cells():
    found = shown(themes_by_themes({("a", "a"): 63, ("b", "b"): 200, ("a", "b"): 60}, 300))
    assert (found[1][0], found[0][1]) == ("nearly all", "nearly all of the row")
    found = shown(themes_by_themes({("a", "a"): 63, ("b", "b"): 200, ("a", "b"): 58}, 300))
    assert found[1][0] == found[0][1] == 58
    grave = shown(themes_by_themes({("a", "a"): 63, ("s", "s"): 40, ("a", "s"): 31}, 300), sensitive=frozenset("s"))
    assert (grave[0][1], grave[1][0]) == ("nearly all", "nearly all of the row"), "nine others, and a grave theme"


def test_a_theme_of_few_people_hides_both_of_its_cells():
    found = shown(themes_by_themes({("a", "a"): 9, ("b", "b"): 200, ("a", "b"): 6}, 300))
    assert found[1][0] == found[0][1] == "fewer than 10"


@given(st.integers(0, 100_000), st.integers(2, 5), st.sampled_from([DEFAULT, STRICTEST]))
def test_two_mirrored_cells_say_the_same_whatever_the_people(seed, themes, rules):
    """And none of them shows a number under ten where either of its themes is sensitive."""
    rng, names = np.random.default_rng(seed), "abcde"[:themes]
    said = rng.random((int(rng.integers(40, 300)), themes)) < rng.uniform(0.02, 0.7, themes)
    noise = ReleaseNoise(rng.integers(0, KEYS, len(said)), rng.permutation(KEYS))
    ones = np.hstack([said, np.ones((len(said), 1), dtype=bool)])
    keys = np.array([[noise.cell_key(np.flatnonzero(one & other)) for other in ones.T] for one in ones.T])
    both = {(a, b): int((said[:, i] & said[:, j]).sum()) for i, a in enumerate(names) for j, b in enumerate(names)}
    grave = frozenset(name for name in names if rng.random() < 0.5)
    try:
        cells = perturb_table(themes_by_themes(both, len(said)), keys, noise, rules, grave).cells
    except TableRefused:
        return
    for i, j in combinations(range(themes), 2):
        one, mirror = cells[i][j], cells[j][i]
        assert one.value == mirror.value
        assert one.symbol == mirror.symbol or {one.symbol, mirror.symbol} == {"nearly all", "nearly all of the row"}
        if grave & {names[i], names[j]}:
            assert one.value is None or one.value >= 10
