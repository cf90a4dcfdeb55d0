"""No released figure can be subtracted from another to leave a few people, between filters or over time."""

from itertools import combinations
from time import perf_counter

import numpy as np
import pytest

from insights.reports.disclosure import Ledger, Refused, Table, carry_forward, enough_new, fingerprints, protect
from insights.reports.disclosure.differencing import apart, pack, unpack


def people(*numbers):
    return np.array(sorted(numbers), dtype="<u8")


def crowd(start, stop):
    return np.arange(start, stop, dtype="<u8")


@pytest.mark.parametrize("more", [1, 5, 9])
def test_a_figure_with_a_few_more_people_is_refused(more):
    ledger = Ledger()
    ledger.admit("q1", "all", crowd(0, 100))
    with pytest.raises(Refused) as refusal:
        ledger.admit("q1", "all but a few", crowd(0, 100 + more))
    assert refusal.value.reason == "difference"


def test_swapping_a_few_people_is_refused_though_the_number_is_the_same():
    ledger = Ledger()
    ledger.admit("q1", "one", crowd(0, 50))
    assert ledger.conflict("q1", crowd(3, 53)) == "one"


@pytest.mark.parametrize("other", [crowd(0, 100), crowd(0, 110), crowd(200, 300)])
def test_the_same_people_or_ten_more_are_admitted(other):
    ledger = Ledger()
    ledger.admit("q1", "all", crowd(0, 100))
    ledger.admit("q1", "again", other)
    assert len(ledger.released["q1"]) == 2


def test_measures_are_apart():
    ledger = Ledger()
    ledger.admit("q1", "all", crowd(0, 100))
    assert ledger.conflict("q2", crowd(0, 101)) is None


def test_two_parts_that_leave_a_few_of_a_whole_are_refused():
    ledger = Ledger()
    ledger.admit("q1", "all", crowd(0, 200))
    ledger.admit("q1", "north", crowd(0, 90))
    assert ledger.conflict("q1", crowd(90, 195)) is not None
    assert ledger.conflict("q1", crowd(90, 200)) is None
    assert ledger.conflict("q1", crowd(90, 170)) is None


def test_no_pair_of_admitted_filters_isolates_a_few():
    rng = np.random.default_rng(7)
    facets = [rng.integers(0, n, size=400) for n in (4, 5)]
    facets.append(np.where(rng.random(400) < 0.05, rng.integers(0, 4, size=400), facets[0]))
    ledger = Ledger()
    filters = [[(f, v)] for f, facet in enumerate(facets) for v in np.unique(facet)]
    filters += [a + b for a, b in combinations(filters, 2) if a[0][0] != b[0][0]]
    refused = 0
    for chosen in [[]] + filters:
        inside = np.all([facets[f] == v for f, v in chosen], axis=0) if chosen else np.ones(400, dtype=bool)
        try:
            ledger.admit("themes", str(chosen), np.flatnonzero(inside).astype("<u8"))
        except Refused:
            refused += 1
    admitted = [figure for _, figure in ledger.released["themes"]]
    assert refused
    assert len(admitted) > 20
    assert not any(0 < len(set(a) ^ set(b)) < 10 for a, b in combinations([f.tolist() for f in admitted], 2))


def test_fingerprints_need_the_key():
    plain, keyed = fingerprints(["a", "b", "a"]), fingerprints(["a", "b"], key=b"secret")
    assert plain.size == keyed.size == 2
    assert not set(plain.tolist()) & set(keyed.tolist())
    assert unpack(pack(keyed)).tolist() == keyed.tolist() == sorted(keyed.tolist())


def test_a_million_people_take_less_than_a_second():
    ledger = Ledger()
    ledger.admit("q1", "all", crowd(0, 1_000_000))
    started = perf_counter()
    assert ledger.conflict("q1", crowd(5, 1_000_002)) == "all"
    assert perf_counter() - started < 1


def test_an_open_consultation_waits_for_ten_new_people():
    assert not enough_new(crowd(0, 100), crowd(0, 109))
    assert enough_new(crowd(0, 100), crowd(0, 110))
    assert not enough_new(crowd(0, 100), crowd(20, 109))


FROZEN = Table(("a", "b", "c"), ((40, 30), (22, 42), (30, 9)), ("x", "y"))


def bumped(row, column, by=1):
    counts = [list(line) for line in FROZEN.counts]
    counts[row][column] += by
    return Table(FROZEN.rows, tuple(map(tuple, counts)), FROZEN.columns)


@pytest.mark.parametrize("at", [(i, j) for i in range(3) for j in range(2)])
def test_one_added_respondent_changes_no_shown_figure(at):
    before, after = protect(FROZEN), protect(bumped(*at))
    row, column = FROZEN.rows[at[0]], FROZEN.columns[at[1]]
    moved = {(row, column): 1, (row, None): 1, (None, column): 1, (None, None): 1}
    carried = carry_forward(before, after, moved)
    pairs = [(b, c) for old, new in zip(before.grid, carried.grid, strict=True) for b, c in zip(old, new, strict=True)]
    assert all(b.value == c.value for b, c in pairs if b.value is not None and c.value is not None)


def test_figures_that_moved_by_ten_are_renewed():
    before = protect(Table.one_way({"a": 40, "b": 52, "c": 60}))
    after = protect(Table.one_way({"a": 50, "b": 60, "c": 60}))
    carried = carry_forward(before, after, {("a", None): 10, ("b", None): 8})
    assert [cell.value for cell in carried.row_totals] == [50, 50, 60]


def test_apart_counts_both_sides():
    assert apart(people(1, 2, 3), people(3, 4)) == 3
