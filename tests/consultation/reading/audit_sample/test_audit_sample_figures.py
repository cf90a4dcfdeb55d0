"""Figures of the audit sample and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.confidence_intervals import wilson_interval
from consultation.reading.audit_sample.audit_sample_figures import AuditFigures, sample_size


def figures(**more):
    given_ = {
        "drawn": 50,
        "looked_at": 50,
        "missed": 1,
        "flagged_told": 90,
        "unflagged_told": 5,
        "unflagged_rest": 500,
    }
    return AuditFigures(**(given_ | more))


@pytest.mark.parametrize(
    ("population", "drawn"), [(0, 0), (30, 30), (50, 50), (400, 50), (1000, 50), (1001, 51), (2000, 100)]
)
def test_five_percent_and_at_least_fifty(population, drawn):
    assert sample_size(population) == drawn


def test_a_miss_in_the_sample_stands_for_those_not_drawn():
    found = figures()
    assert found.recall == pytest.approx(90 / (90 + 5 + 10))
    low, high = found.interval
    assert low < found.recall < high


def test_no_miss_found_does_not_mean_that_none_is_there():
    found = figures(missed=0)
    assert found.recall == pytest.approx(90 / 95)
    assert found.interval[0] < 0.8 and found.interval[1] == pytest.approx(90 / 95)


def test_a_month_that_was_looked_at_whole_leaves_no_doubt():
    found = figures(drawn=20, looked_at=20, missed=2, unflagged_rest=20)
    assert found.interval == (found.recall, found.recall)


def test_nothing_can_be_said_before_the_first_look():
    assert figures(looked_at=0, missed=0).recall is None
    assert figures(looked_at=0, missed=0).interval is None


def test_nothing_can_be_said_where_nobody_told():
    assert figures(flagged_told=0, unflagged_told=0, missed=0).recall is None


def test_wilson_agrees_with_the_textbook():
    low, high = wilson_interval(10, 100)
    assert (round(low, 3), round(high, 3)) == (0.055, 0.174)


@given(st.integers(1, 400), st.data())
def test_an_interval_always_holds_the_estimate(rest, data):
    looked = data.draw(st.integers(1, rest))
    missed = data.draw(st.integers(0, looked))
    told, known = data.draw(st.integers(1, 100)), data.draw(st.integers(0, 100))
    found = AuditFigures(rest, looked, missed, told, known, rest)
    low, high = found.interval
    assert 0 <= low <= found.recall + 1e-9 and found.recall <= high + 1e-9 and high <= 1
