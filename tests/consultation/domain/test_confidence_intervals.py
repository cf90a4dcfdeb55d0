import numpy as np
import pytest
from scipy.stats import binomtest

from consultation.domain.confidence_intervals import wilson_interval
from insights.disclosure import DEFAULT
from insights.disclosure.perturbation import KEYS, load_tables


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


def test_noise_widens_an_interval_about_the_same_centre():
    (low, high), (lower, higher) = wilson_interval(35, 185), wilson_interval(35, 185, noise=2.5)
    assert lower < low < high < higher
    assert low - lower == pytest.approx(higher - high)
    assert wilson_interval(35, 185, noise=0) == (low, high)


@pytest.mark.parametrize(("people", "share"), [(60, 0.3), (200, 0.1), (300, 0.04)])
def test_an_interval_of_noisy_numbers_holds_the_true_share_as_often_as_it_says(people, share):
    """By simulation: in 95 % of draws of people and of the noise of disclosure control. Without the noise it would not."""
    rng, lasting_and_fresh = np.random.default_rng(people), load_tables()

    def add_noise(count):
        for part in lasting_and_fresh:
            count = part.perturb(count, int(rng.integers(KEYS)))
        return min(count, people)

    told = [add_noise(count) for count in rng.binomial(people, share, 4000)]
    held = {
        noise: np.mean([low <= share <= high for low, high in (wilson_interval(n, people, noise=noise) for n in told)])
        for noise in (DEFAULT.noise, 0.0)
    }
    assert 0.94 <= held[DEFAULT.noise] <= 0.97
    assert held[0.0] < held[DEFAULT.noise]


@pytest.mark.parametrize(("successes", "n"), [(-1, 10), (11, 10), (0, 0)])
def test_wilson_refuses_what_cannot_be(successes, n):
    with pytest.raises(ValueError):
        wilson_interval(successes, n)
