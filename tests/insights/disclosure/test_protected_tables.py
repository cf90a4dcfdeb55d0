"""`protect_table()` on small tables that can be verified by hand: shown, hidden and refused figures."""

import pytest

from insights.disclosure import (
    DFE,
    NHS,
    ONS,
    ROUNDED,
    CountTable,
    TableRefused,
    protect_table,
)

AGES = ("8 to 10", "11 to 13", "14 or 15")
SAFETY = CountTable(
    rows=("Safe", "In between", "Not safe"),
    columns=AGES,
    counts=((62, 41, 33), (28, 37, 24), (17, 4, 21)),
)


def values(table):
    return [[cell.symbol or cell.value for cell in row] for row in table.grid]


def column(counts, **more):
    return [row[0] for row in values(protect_table(CountTable.one_way(counts, **more)))]


def test_each_figure_is_rounded_from_its_own_count():
    assert column({"a": 12, "b": 12, "c": 12}) == [10, 10, 10, 35]


def test_a_small_number_takes_the_next_smallest_with_it():
    assert column({"Yes": 97, "No": 42, "Not sure": 3, "Rather not say": 12}) == [95, 40, "[c]", "[c]", 155]


@pytest.mark.parametrize("small", [0, 1, 9])
def test_fewer_than_ten_and_none_look_the_same(small):
    assert column({"a": 50, "b": 30, "c": small})[2] == "[c]"


def test_ten_people_are_shown():
    assert column({"a": 50, "b": 30, "c": 10}) == [50, 30, 10, 90]


def test_a_structural_zero_is_shown_as_zero():
    assert column({"a": 50, "b": 30, "c": 0}, structural=["c"]) == [50, 30, 0, 80]


def test_nearly_everybody_is_hidden():
    assert column({"a": 95, "b": 3, "c": 2}) == ["[c]", "[c]", "[c]", 100]


def test_everybody_is_hidden():
    assert column({"a": 60, "b": 0}) == ["[c]", "[c]", 60]


def test_several_answers_a_person_are_each_a_yes_or_no():
    assert column({"Bus": 52, "Walk": 12, "Car": 97, "Bike": 4}, base=104) == [50, 10, "[c]", "[c]", 105]


def test_none_of_these_narrows_the_whole_of_the_others():
    counts = {"Bus": 57, "Walk": 30, "None of these": 40}
    assert column(counts, base=100) == [55, 30, 40, 100]
    assert column(counts, base=100, exclusive=frozenset({2})) == ["[c]", 30, 40, 100]


@pytest.mark.parametrize(
    ("rules", "golden"),
    [
        (ROUNDED, [[60, 40, 35, 135], ["[c]", "[c]", 25, 90], ["[c]", "[c]", 20, 40], [105, 80, 80, 265]]),
        (DFE, [[62, 41, 33, 136], ["[c]", "[c]", 24, 89], ["[c]", "[c]", 21, 42], [107, 82, 78, 267]]),
        (NHS, [[60, 40, 35, 135], [30, 35, 25, 90], [15, "[c]", 20, 40], [105, 80, 80, 265]]),
        (ONS, [[62, 41, 33, 136], ["[c]", "[c]", 24, 89], ["[c]", "[c]", 21, 42], [107, 82, 78, 267]]),
    ],
    ids=["default", "dfe", "nhs", "ons"],
)
def test_golden_table(rules, golden):
    assert values(protect_table(SAFETY, rules)) == golden


@pytest.mark.parametrize(("rules", "shown"), [(ROUNDED, "[c]"), (DFE, 0), (NHS, 0), (ONS, "[c]")])
def test_golden_zero(rules, shown):
    assert values(protect_table(CountTable.one_way({"a": 41, "b": 26, "c": 0}), rules))[2] == [shown]


@pytest.mark.parametrize(("rules", "shown"), [(ROUNDED, "[c]"), (DFE, 7), (NHS, "[c]"), (ONS, "[c]")])
def test_golden_seven(rules, shown):
    assert values(protect_table(CountTable.one_way({"a": 41, "b": 26, "c": 7}), rules))[2] == [shown]


def test_a_base_under_thirty_is_refused():
    with pytest.raises(TableRefused) as refusal:
        protect_table(CountTable.one_way({"a": 15, "b": 14}))
    assert refusal.value.reason == "base"
    assert "14" not in str(refusal.value)


def test_a_third_dimension_is_refused():
    with pytest.raises(TableRefused) as refusal:
        protect_table(CountTable(SAFETY.rows, SAFETY.counts, SAFETY.columns, filters=("setting",)))
    assert refusal.value.reason == "dimensions"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": ("a",), "counts": ((1, 2),)},
        {"rows": ("a",), "counts": ((-1,),)},
        {"rows": ("a",), "counts": ((40,),), "bases": (30,)},
        {"rows": ("a",), "counts": ((40,),), "bases": (50, 60)},
        {"rows": ("a",), "counts": ((40,),), "structural": frozenset({(0, 0)})},
    ],
)
def test_a_table_that_cannot_be_is_an_error(wrong):
    with pytest.raises(ValueError):
        CountTable(**wrong)


def test_percent_comes_from_rounded_figures():
    table = protect_table(CountTable.one_way({"a": 62, "b": 31, "c": 32}))
    assert [table.percent(i) for i in range(3)] == [48, 24, 24]


def test_no_percent_of_a_hidden_figure_or_of_a_small_base():
    table = protect_table(CountTable(("a", "b"), ((40, 11), (50, 12)), ("x", "y")))
    assert table.percent(0, 0) is not None
    assert table.percent(0, 1) is None
    assert protect_table(CountTable.one_way({"a": 50, "b": 30, "c": 5})).percent(2) is None


def test_a_release_says_nothing_of_rules_or_counts():
    table = protect_table(SAFETY)
    assert {cell.rule for row in table.grid for cell in row} > {""}
    assert {cell.rule for row in table.released().grid for cell in row} == {""}


def test_what_is_hidden_in_the_margin_is_hidden_with_its_breakdown():
    margin = protect_table(CountTable.one_way({"Safe": 136, "Not safe": 42, "Rather not say": 12, "Other": 6}))
    table = CountTable(
        ("Safe", "Not safe", "Rather not say", "Other"),
        ((70, 66), (21, 21), (10, 2), (3, 3)),
        ("Young people", "Parents"),
    )
    linked = values(protect_table(table, row_margin=margin))
    assert linked[2] == linked[3] == ["[c]"] * 3
    assert [row[-1] for row in linked] == [row[-1] for row in values(margin)]


def test_a_total_shown_elsewhere_is_never_hidden():
    margin = protect_table(CountTable.one_way({"a": 60, "b": 50}))
    table = CountTable(("a", "b"), ((55, 5), (5, 45)), ("x", "y"))
    linked = protect_table(table, row_margin=margin)
    assert [row[-1].value for row in linked.grid] == [60, 50, 110]
    assert all(cell.hidden for row in linked.cells for cell in row)


def test_a_margin_of_other_people_is_an_error():
    with pytest.raises(ValueError, match="differs"):
        protect_table(
            CountTable(("a", "b"), ((55, 25), (35, 45)), ("x", "y")),
            row_margin=protect_table(CountTable.one_way({"a": 50, "b": 70})),
        )
