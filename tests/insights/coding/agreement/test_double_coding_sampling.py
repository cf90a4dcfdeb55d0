import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.coding.agreement.agreement_statistics import MIN_TEXTS
from insights.coding.agreement.double_coding_sampling import (
    EXTRA_SHARE,
    OFFERED,
    WANTED_OF_A_THEME,
    draw_weighted_sample,
    expected_half_width,
    offer_sample_sizes,
)

CODED = st.dictionaries(st.integers(0, 500), st.sets(st.sampled_from("abcd"), max_size=2), min_size=30, max_size=90)


@settings(max_examples=30, derandomize=True)
@given(CODED, st.integers(0, 9))
def test_a_sample_has_its_size_and_no_text_twice(coded, seed):
    drawn = draw_weighted_sample(coded, 30, random.Random(seed))
    assert len({one.text for one in drawn}) == 30
    assert {one.text for one in drawn} <= set(coded)
    assert sum(one.extra for one in drawn) == 30 // EXTRA_SHARE


@settings(max_examples=30, derandomize=True)
@given(CODED, st.integers(0, 9))
def test_the_sample_stands_for_all_by_its_weights(coded, seed):
    assert sum(one.weight for one in draw_weighted_sample(coded, 30, random.Random(seed))) == pytest.approx(30)


def test_a_rare_theme_is_in():
    coded = {n: {"common"} for n in range(1000)} | {1000 + n: {"rare"} for n in range(12)}
    drawn = draw_weighted_sample(coded, 60, random.Random(5))
    assert sum("rare" in coded[one.text] for one in drawn) >= WANTED_OF_A_THEME
    rare = [one for one in drawn if "rare" in coded[one.text]]
    common = [one for one in drawn if "common" in coded[one.text]]
    assert rare[0].weight < common[0].weight


def test_three_of_four_are_drawn_from_all_alike():
    coded = {n: {"common"} for n in range(1000)} | {1000 + n: {"rare"} for n in range(12)}
    rare = [
        sum("rare" in coded[one.text] for one in draw_weighted_sample(coded, 60, random.Random(seed)) if not one.extra)
        for seed in range(100)
    ]
    assert 0.2 < sum(rare) / 100 < 0.9  # 45 of 1012, of which 12 are rare: 0.53


def test_the_smallest_sample_is_enough_to_say_something():
    assert OFFERED[0] - OFFERED[0] // EXTRA_SHARE >= MIN_TEXTS


def test_sizes_are_offered_with_what_they_would_tell():
    assert offer_sample_sizes(39) == []
    assert [size for size, _ in offer_sample_sizes(130)] == [40, 60, 120]
    assert expected_half_width(240) < expected_half_width(120) < expected_half_width(40) < 0.2
