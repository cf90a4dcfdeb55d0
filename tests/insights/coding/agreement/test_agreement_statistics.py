"""Agreement statistics against published worked examples and against libraries, for any choices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from insights.coding.agreement import double_coding_sampling
from insights.coding.agreement.agreement_statistics import (
    MIN_TEXTS,
    MIN_WITH_THEME,
    count_hits_and_misses,
    estimate_alpha,
    estimate_f1,
    estimate_kappa,
    krippendorff_alpha,
    nominal_distance,
    percent_alike,
    resampled_alphas,
    resampled_f1s,
    resampled_kappas,
    theme_set_distance,
)

THEMES = st.frozensets(st.integers(1, 4), max_size=3)
PAIRS = st.lists(st.tuples(THEMES, THEMES), min_size=MIN_TEXTS, max_size=40)
COLUMNS = st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from([0.5, 1.0, 3.0])), min_size=30, max_size=40)
quick = settings(max_examples=12, derandomize=True)


def sides(pairs):
    return [one for one, *_ in pairs], [other for _, other, *_ in pairs]


def as_places(first, second, distance):
    labels = sorted({*first, *second}, key=repr)
    apart = np.array([[distance(one, other) for other in labels] for one in labels])
    return apart, *(np.array([labels.index(label) for label in side]) for side in (first, second))


# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), examples A and B.
def test_alpha_of_two_observers_and_two_values():
    assert krippendorff_alpha("0100000010", "1110010000", nominal_distance) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_two_observers_and_five_values():
    assert krippendorff_alpha("aabbdcccedda", "babbbccceddd", nominal_distance) == pytest.approx(0.692, abs=0.0005)


# Cohen's two readers of fifty proposals: 20 both yes, 15 both no, 5 and 10 apart.
@given(COLUMNS)
def test_percent_alike_is_the_weighted_share_of_equal_choices(rows):
    first, second, weights = zip(*rows, strict=True)
    same = sum(weight for one, other, weight in rows if one == other)
    assert abs(percent_alike(first, second, weights) - 100 * same / sum(weights)) <= 0.5


def test_kappa_of_two_readers():
    cells = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    found = estimate_kappa(*sides(cells), [1.0] * 50)
    assert found.value == pytest.approx(0.4)
    assert 0.1 < found.low < 0.2
    assert 0.6 < found.high < 0.7


# Passonneau (2006): half of the themes shared and one set within the other is two thirds of a half.
def test_masi_counts_what_is_shared():
    assert theme_set_distance(frozenset({1, 2}), frozenset({1, 2, 3, 4})) == pytest.approx(1 - 0.5 * 2 / 3)
    assert theme_set_distance(frozenset({1, 2}), frozenset({2, 3})) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert theme_set_distance(frozenset({1}), frozenset({2})) == 1


def test_no_theme_twice_is_agreement_and_no_theme_beside_one_is_not():
    assert theme_set_distance(frozenset(), frozenset()) == 0
    assert theme_set_distance(frozenset(), frozenset({1})) == 1


@quick
@given(PAIRS)
def test_alpha_does_not_mind_who_was_first(pairs):
    first, second = sides(pairs)
    assert krippendorff_alpha(first, second) == pytest.approx(krippendorff_alpha(second, first))


@quick
@given(st.lists(THEMES, min_size=MIN_TEXTS, max_size=40).filter(lambda found: len(set(found)) > 1))
def test_perfect_agreement_is_one_and_claims_no_certainty(themes):
    found = estimate_alpha(themes, themes)
    assert (found.value, found.high) == (1, 1)
    assert found.low < 1


@quick
@given(PAIRS)
def test_an_interval_holds_its_figure_and_keeps_within_its_scale(pairs):
    found = estimate_alpha(*sides(pairs))
    if found is not None:
        assert -1 <= found.low <= found.value <= found.high <= 1 or found.value < found.low + 0.1


@quick
@given(PAIRS)
def test_the_closed_form_of_alpha_is_the_librarys(pairs):
    first, second = sides(pairs)
    if len({*first, *second}) > 1:
        found, _ = resampled_alphas(*as_places(first, second, theme_set_distance), np.ones((1, len(first))))
        assert found[0] == pytest.approx(
            krippendorff_alpha([s or frozenset({0}) for s in first], [s or frozenset({0}) for s in second])
        )


@quick
@given(COLUMNS)
def test_the_closed_form_of_kappa_is_the_librarys(rows):
    first, second, weights = (np.array(column) for column in zip(*rows, strict=True))
    found, by_chance = resampled_kappas(first, second, weights[None])
    if by_chance[0] > 1e-12:
        assert found[0] == pytest.approx(cohen_kappa_score(first, second, sample_weight=weights))
        assert found[0] == pytest.approx(resampled_kappas(second, first, weights[None])[0][0])


@quick
@given(st.lists(st.tuples(THEMES, THEMES), min_size=5, max_size=40))
def test_the_closed_form_of_f1_is_the_librarys(pairs):
    truth, proposed = (
        np.array([[theme in found for theme in range(1, 5)] for found in side]) for side in sides(pairs)
    )
    ours = resampled_f1s(*count_hits_and_misses(truth, proposed), np.ones((1, len(pairs))))[0]
    assert ours == pytest.approx(f1_score(truth, proposed, average="micro", zero_division=0))


def test_too_few_to_say():
    few, themes = [frozenset({1}), frozenset()] * 14, [True] * (MIN_WITH_THEME - 1) + [False] * 51
    assert estimate_alpha(few, few) is None
    assert estimate_kappa(themes, themes, [1.0] * 60) is None
    assert estimate_f1(themes, themes, [1.0] * 60) is None


def test_everybody_choosing_the_same_for_all_tells_nothing():
    same = [frozenset({1})] * 40
    assert estimate_alpha(same, same) is None
    assert estimate_kappa([True] * 40, [True] * 40, [1.0] * 40) is None


def test_the_same_choices_give_the_same_interval():
    draw = np.random.default_rng(1)
    first = [frozenset(draw.integers(1, 4, 2).tolist()) for _ in range(60)]
    second = first[:40] + first[:20]
    assert estimate_alpha(first, second) == estimate_alpha(first, second)


def coders(n, same, draw):
    """Two people who choose one or two of eight themes, and mostly the same."""
    first = [frozenset(draw.choice(8, draw.integers(1, 3), p=np.arange(8, 0, -1) / 36).tolist()) for _ in range(n)]
    other = [frozenset(draw.choice(8, draw.integers(1, 3), p=np.arange(8, 0, -1) / 36).tolist()) for _ in range(n)]
    return first, [one if draw.random() < same else two for one, two in zip(first, other, strict=True)]


@pytest.mark.parametrize("size", [60, 240])
def test_the_width_that_is_promised_is_about_the_width_that_comes(size):
    draw = np.random.default_rng(3)
    widths = []
    for _ in range(6):
        found = estimate_alpha(*coders(size - size // double_coding_sampling.EXTRA_SHARE, 0.7, draw))
        widths.append((found.high - found.low) / 2)
    assert np.mean(widths) == pytest.approx(double_coding_sampling.expected_half_width(size), rel=0.25)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    draw = np.random.default_rng(4)
    truth = resampled_alphas(*as_places(*coders(3000, 0.7, draw), theme_set_distance), np.ones((1, 3000)))[0][0]
    found = [estimate_alpha(*coders(90, 0.7, draw)) for _ in range(40)]
    assert sum(one.low <= truth <= one.high for one in found) >= 35
