"""Differences and ratios of shares, against published values and against simulated rounding."""

import random

import pytest

from consultation.domain.confidence_intervals import newcombe_interval
from insights.workspace.group_comparison import share_statistics
from insights.workspace.group_comparison.share_statistics import Share, bonferroni_z, share_difference, share_ratio


def test_newcombes_interval_as_newcombe_printed_it():
    """Statistics in Medicine 17 (1998), table II, method 10, without continuity correction."""
    assert newcombe_interval((56, 70), (48, 80), 1.96) == pytest.approx((0.0524, 0.3339), abs=5e-4)
    assert newcombe_interval((9, 10), (3, 10), 1.96) == pytest.approx((0.1705, 0.8090), abs=5e-4)


def test_katzs_interval_of_a_ratio():
    """exp(log(0.8 / 0.6) ± 1.96 * sqrt(1/56 - 1/70 + 1/48 - 1/80)), by hand."""
    assert share_statistics._katz_interval(Share(56, 70), Share(48, 80), 1.96) == pytest.approx(
        (1.0766, 1.6513), abs=5e-4
    )


def test_an_interval_holds_whatever_was_rounded_away():
    """The interval of the numbers behind lies in the one of the numbers shown, for each count that rounds to them."""
    chance = random.Random(7)
    for _ in range(200):
        a, b, n = chance.randint(12, 80), chance.randint(12, 80), 100
        shown = [Share(round(count / 5) * 5, n) for count in (a, b)]
        found, (low, high) = (
            share_difference(*shown),
            newcombe_interval((a, n), (b, n)),
        )
        assert found.low <= 100 * low + 1e-9
        assert found.high >= 100 * high - 1e-9
        times, (least, most) = (
            share_ratio(*shown),
            share_statistics._katz_interval(Share(a, n), Share(b, n), share_statistics.Z95),
        )
        assert times.low <= least + 1e-9
        assert times.high >= most - 1e-9


def test_many_looks_ask_for_more():
    assert bonferroni_z(1) == pytest.approx(1.96, abs=0.001)
    assert bonferroni_z(20) == pytest.approx(3.023, abs=0.001)
    alone, of_many = (
        share_difference(Share(50, 100), Share(25, 100)),
        share_difference(Share(50, 100), Share(25, 100), bonferroni_z(30)),
    )
    assert not alone.includes(0)
    assert of_many.includes(0)


def test_nobody_has_no_ratio_and_no_share_is_more_than_its_base():
    assert share_ratio(Share(0, 50), Share(10, 50)) is None
    with pytest.raises(ValueError):
        Share(51, 50)
