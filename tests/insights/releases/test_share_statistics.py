"""Differences of shares, against published values and against simulated changes."""

import random

import pytest

from consultation.domain.confidence_intervals import newcombe_interval
from insights.releases.share_statistics import Share, bonferroni_z, share_difference


def test_newcombes_interval_as_newcombe_printed_it():
    """Statistics in Medicine 17 (1998), table II, method 10, without continuity correction."""
    assert newcombe_interval((56, 70), (48, 80), 1.96) == pytest.approx((0.0524, 0.3339), abs=5e-4)
    assert newcombe_interval((9, 10), (3, 10), 1.96) == pytest.approx((0.1705, 0.8090), abs=5e-4)


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


def test_many_looks_ask_for_more():
    assert bonferroni_z(1) == pytest.approx(1.96, abs=0.001)
    assert bonferroni_z(20) == pytest.approx(3.023, abs=0.001)
    alone, of_many = (
        share_difference(Share(50, 100), Share(25, 100)),
        share_difference(Share(50, 100), Share(25, 100), bonferroni_z(30)),
    )
    assert not alone.includes(0)
    assert of_many.includes(0)


def test_no_share_is_more_than_its_base():
    with pytest.raises(ValueError):
        Share(51, 50)
