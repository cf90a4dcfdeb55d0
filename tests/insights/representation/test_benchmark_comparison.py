"""Two shares compared: from shown numbers alone, with a range for noise and chance, without a ranking."""

from datetime import date

import pytest

from consultation.domain.confidence_intervals import wilson_interval
from insights.representation.benchmark_comparison import (
    BESIDE,
    LESS,
    MISSING,
    MORE,
    MOST_HIDDEN,
    NEAR,
    NO_NUMBER,
    UNKNOWN,
    WHOLE,
    compare_figure,
    groups_not_heard,
    share_base_of,
)
from insights.representation.models import Benchmark, BenchmarkBasis


def figure(total=400, key="area", unsaid=60, **groups):
    """A group is its shown number, or None for "fewer than 5", or "nearly all"."""
    told = [
        {"id": name, "label": name, "value": None, "symbol": value}
        if isinstance(value, str)
        else {"id": name, "label": name, "value": value, "symbol": "fewer than 5" if value is None else ""}
        for name, value in groups.items()
    ]
    if unsaid != "not asked":
        told.append({"id": "not-said", "label": "Did not say", "value": unsaid})
    return {"key": key, "title": "Area", "total": total, "groups": told}


def benchmark(basis=BenchmarkBasis.LIVES, about="area", **numbers):
    groups = [{"label": label, "number": number} for label, number in numbers.items()]
    return Benchmark(about=about, name="Census", source="S", dated=date(2026, 1, 1), basis=basis, groups=groups)


def verdicts(found):
    return {row.label: row.verdict for row in found.rows}


def test_a_group_is_judged_by_its_share_of_those_who_told_theirs():
    found = compare_figure(figure(East=200, West=130, North=None), benchmark(East=300, West=400, North=300))
    east, west, north = found.rows
    assert (east.percent, east.expected, east.verdict) == (59, 30, MORE)
    assert (west.percent, west.expected, west.verdict) == (38, 40, NEAR)
    assert (north.percent, north.expected, north.verdict) == (None, 30, MISSING)
    assert [row.label for row in found.not_heard] == ["North"]
    assert east.ratio[0] == 2.0
    assert east.ratio[1] < 2.0 < east.ratio[2]


def test_a_group_that_is_shown_may_be_heard_less_than_its_share():
    found = compare_figure(figure(East=250, West=90), benchmark(East=300, West=700))
    assert verdicts(found) == {"East": MORE, "West": LESS}


def test_the_range_is_wider_than_chance_alone_because_numbers_are_changed():
    row = compare_figure(figure(East=200, West=140), benchmark(East=1, West=1)).rows[0]
    low, high = wilson_interval(200, 340).percent()
    assert row.low < low < row.percent < high < row.high


def test_the_base_leaves_out_who_did_not_say_as_far_as_it_is_known():
    assert share_base_of(400, 60, True).shown == 340
    assert share_base_of(400, None, True).shown == 400
    assert share_base_of(400, None, True).fewest == 400 - 7 - MOST_HIDDEN
    assert share_base_of(400, None, False).fewest == 393


def test_no_percentage_of_a_small_base():
    found = compare_figure(figure(total=45, unsaid=None, East=35, West=None), benchmark(East=1, West=1))
    assert all(row.percent is None and row.ratio is None for row in found.rows)
    assert set(verdicts(found).values()) == {UNKNOWN}


def test_a_hidden_group_is_missing_only_where_it_is_small():
    found = compare_figure(figure(East="nearly all", West=None, unsaid="not asked"), benchmark(East=4, West=6))
    assert verdicts(found) == {"East": BESIDE, "West": MISSING}


def test_a_small_group_that_is_small_in_the_benchmark_too_is_not_called_missing():
    assert verdicts(compare_figure(figure(East=340, North=None), benchmark(East=98, North=2)))["North"] == UNKNOWN


def test_a_group_without_a_number_is_not_judged_and_one_that_is_not_asked_about_is_named():
    found = compare_figure(figure(East=200, West=140), benchmark(East=10, South=10))
    assert verdicts(found)["West"] == NO_NUMBER
    assert found.elsewhere == ["South"]


def test_labels_meet_whatever_their_dashes_and_capitals():
    given = Benchmark(
        about="age", name="Roll", source="S", dated=date(2026, 1, 1), groups=[{"label": "11 – 13", "number": 5}]
    )
    found = compare_figure(
        {
            "key": "age",
            "title": "Age",
            "total": 100,
            "groups": [{"id": "1", "label": "11 - 13", "value": 100}],
        },
        given,
    )
    assert found.rows[0].number == 5


def test_without_a_benchmark_shares_are_shown_and_nothing_is_judged():
    found = compare_figure(figure(East=200, West=140, North=None))
    assert (found.rows[0].percent, found.rows[0].verdict) == (59, "")
    assert found.rows[2].verdict == UNKNOWN


def test_groups_stay_in_the_order_of_the_question():
    found = compare_figure(figure(East=50, West=200, North=90), benchmark(North=1, East=1, West=1))
    assert [row.label for row in found.rows] == ["East", "West", "North"]


def everyone(total):
    return figure(total=total, key="everyone", unsaid="not asked", Everyone=total)


def test_everyone_is_told_as_a_part_of_who_was_invited():
    row = compare_figure(everyone(340), benchmark(BenchmarkBasis.INVITED, "everyone", Everyone=1200)).rows[0]
    assert (row.percent, row.low) == (28, None)


@pytest.mark.parametrize("invited", [340, 350, 355])
def test_where_nearly_everyone_answered_no_number_singles_out_the_others(invited):
    row = compare_figure(everyone(340), benchmark(BenchmarkBasis.INVITED, "everyone", Everyone=invited)).rows[0]
    assert (row.value, row.percent, row.verdict) == (None, None, WHOLE)


def test_where_nearly_all_of_a_group_who_were_invited_answered_its_number_is_hidden():
    found = compare_figure(figure(East=200, West=140), benchmark(BenchmarkBasis.INVITED, East=205, West=900))
    assert (found.rows[0].value, found.rows[0].verdict) == (None, WHOLE)


def test_too_few_in_all_say_nothing_of_anyone():
    found = compare_figure(figure(total=None, East=None, West=None, unsaid=None), benchmark(East=1, West=1))
    assert set(verdicts(found).values()) == {UNKNOWN}


def test_over_several_benchmarks_a_group_that_is_missing_stands_once():
    first = compare_figure(figure(East=200, North=None), benchmark(East=1, North=1))
    second = compare_figure(figure(East=200, North=None), benchmark(East=1, North=2))
    assert [row.label for row in groups_not_heard([first, second])] == ["North"]


def test_ranges_hold_the_truth_that_any_shown_number_may_stand_for():
    """For every count behind a shown 60 of 300, its true share lies in the range."""
    row = compare_figure(figure(total=300, unsaid="not asked", East=60, West=240), benchmark(East=1, West=4)).rows[0]
    for count in range(53, 68):
        for total in range(293, 308):
            assert row.low <= 100 * count / total <= row.high
