import pytest
from scipy.stats import binomtest

from consultation.domain.confidence_intervals import wilson_interval


@pytest.mark.parametrize(
    ("successes", "n"), [(35, 185), (10, 185), (0, 30), (30, 30), (50, 100), (300_000, 1_000_000)]
)
def test_wilson_agrees_with_scipy(successes, n):
    reference = binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson_interval(successes, n) == pytest.approx((reference.low, reference.high), abs=1e-9)


def test_wilson_in_whole_percent():
    assert wilson_interval(35, 185).percent() == (14, 25)


def test_more_people_make_a_narrower_interval():
    few, many = wilson_interval(15, 30), wilson_interval(500, 1000)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("successes", "n"), [(-1, 10), (11, 10), (0, 0)])
def test_wilson_refuses_what_cannot_be(successes, n):
    with pytest.raises(ValueError):
        wilson_interval(successes, n)
