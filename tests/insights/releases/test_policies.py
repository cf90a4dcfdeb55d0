"""A figure moved by few people shows its old number, and nothing that reveals the new one."""

import pytest

from insights.disclosure import DEFAULT, CountTable, protect_table
from insights.releases.policies import keep_small_moves
from insights.releases.stored_figures import freeze_table


def frozen(counts, **more):
    return freeze_table(protect_table(CountTable.one_way(counts, **more), DEFAULT), {}, {})


def rows(table):
    return {row["id"]: (row["value"], row["percent"]) for row in table["rows"]}


def test_percents_are_those_of_the_numbers_shown_and_not_of_the_ones_that_were_put_back():
    before, after = frozen({"yes": 40, "no": 60}), frozen({"yes": 45, "no": 75})
    assert rows(after)["yes"] == (45, 38)
    assert keep_small_moves(after, before)
    assert rows(after) == {"yes": (40, 33), "no": (75, 62)}
    [low, high] = [next(row for row in after["rows"] if row["id"] == "yes")[name] for name in ("low", "high")]
    assert low < 33 < high


def test_the_whole_is_a_figure_too():
    before, after = frozen({"a": 40, "b": 60}, base=80), frozen({"a": 45, "b": 60}, base=85)
    keep_small_moves(after, before)
    assert after["base"] == 80 and rows(after) == rows(before)


def two_way(columns, counts):
    table = CountTable(rows=("t",), counts=(counts,), columns=columns, bases=tuple(2 * count for count in counts))
    return freeze_table(protect_table(table, DEFAULT), {}, {})


@pytest.mark.parametrize("columns", [("young", "old"), ("new", "young", "old")])
def test_a_choice_that_was_added_moves_no_number_into_another_column(columns):
    before = two_way(("young", "old"), (40, 70))
    after = two_way(columns, {2: (45, 75), 3: (50, 45, 75)}[len(columns)])
    keep_small_moves(after, before)
    found = {c["id"]: cell["value"] for c, cell in zip(after["columns"], after["rows"][0]["cells"], strict=True)}
    assert (found["young"], found["old"]) == (40, 70)
    totals = {c["id"]: total["value"] for c, total in zip(after["columns"], after["column_totals"], strict=True)}
    assert (totals["young"], totals["old"]) == (80, 140)
    assert [cell["percent"] for cell in after["rows"][0]["cells"]] == [50] * len(columns)
