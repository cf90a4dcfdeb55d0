"""Record keys: uniform, the same on each run, made from their own secret; and the noise that follows from them."""

from uuid import UUID

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from insights.disclosure.perturbation import KEYS, ReleaseNoise, load_tables
from insights.disclosure.record_keys import make_fresh_keys, make_group_key, make_record_keys
from insights.disclosure.record_secret import draw_number, fingerprint_secret

PEOPLE = [UUID(int=number) for number in range(40_000)]


def noise_of(people, release="1/1"):
    return ReleaseNoise(make_record_keys(people), make_fresh_keys(release))


def test_record_keys_are_uniform():
    keys = make_record_keys(PEOPLE)
    groups = np.bincount(keys // 64, minlength=64)
    expected = len(PEOPLE) / 64
    assert ((groups - expected) ** 2 / expected).sum() < 115  # chi-square of 63 degrees: 1 in 10,000 is above
    assert keys.max() < KEYS


def test_record_keys_hang_on_the_person_and_the_secret_alone(settings):
    keys = make_record_keys(PEOPLE[:500])
    assert (make_record_keys(PEOPLE[250:500]) == keys[250:]).all()
    before = fingerprint_secret()
    settings.RECORD_KEY_SECRET = "another secret of this test"
    assert (make_record_keys(PEOPLE[:500]) != keys).mean() > 0.99
    assert fingerprint_secret() != before


def test_the_key_of_a_group_lasts_and_hangs_on_the_secret(settings):
    keys = [make_group_key("q-age", str(number)) for number in range(2000)]
    assert keys == [make_group_key("q-age", str(number)) for number in range(2000)]
    assert min(keys) >= 0 and max(keys) < KEYS and len(set(keys)) > 1400, "about as many as 2,000 draws hit"
    assert [make_group_key("q-area", str(number)) for number in range(2000)] != keys
    settings.RECORD_KEY_SECRET = "another secret of this test"
    assert np.mean([make_group_key("q-age", str(number)) != keys[number] for number in range(500)]) > 0.99


def test_no_figure_is_made_without_the_secret(settings):
    settings.RECORD_KEY_SECRET = ""
    with pytest.raises(ImproperlyConfigured, match="RECORD_KEY_SECRET"):
        make_record_keys(PEOPLE[:1])


def test_changing_the_key_of_sessions_changes_no_figure(settings):
    keys = make_record_keys(PEOPLE[:500])
    settings.SECRET_KEY = "another"
    assert (make_record_keys(PEOPLE[:500]) == keys).all()


def test_each_release_uses_every_key_of_the_fresh_table_once():
    one, other = make_fresh_keys("1/1"), make_fresh_keys("1/2")
    assert sorted(one) == sorted(other) == list(range(KEYS))
    assert (one == other).mean() < 0.01


@given(st.sets(st.integers(0, 499), min_size=1))
def test_a_number_is_a_pure_function_of_who_is_in_it_and_of_the_release(places):
    keys = make_record_keys(PEOPLE[:500])
    sorted_places, mixed = np.array(sorted(places)), np.array(sorted(places, reverse=True))
    noise = ReleaseNoise(keys, make_fresh_keys("1/1"))
    shown = noise.perturb_people(sorted_places)
    assert shown == noise.perturb_people(mixed)
    assert abs(shown - len(places)) <= 7
    assert shown >= 0
    elsewhere = noise_of([PEOPLE[place] for place in sorted_places])  # the same people at other places
    assert shown == elsewhere.perturb_people(np.arange(len(places)))


def test_both_parts_together_have_no_bias_and_their_sum_of_variances():
    """Over all cell keys of one release, for counts on which both tables' last lines hold."""
    noise = noise_of(PEOPLE[:1])
    moved = np.array([noise.perturb_count(50, key) - 50 for key in range(KEYS)])
    assert abs(moved.mean()) < 0.1
    assert moved.var() == pytest.approx(6.125, abs=0.5)
    assert abs(moved).max() <= 7


def test_nobody_stays_nobody():
    noise = noise_of(PEOPLE[:1])
    assert not any(noise.perturb_count(0, key) for key in range(KEYS))


def test_the_lasting_part_is_the_same_in_each_release():
    lasting, _ = load_tables()
    releases = [noise_of(PEOPLE[:100], f"1/{number}") for number in range(400)]
    places = np.arange(100)
    means = np.mean([noise.perturb_people(places) for noise in releases])
    assert means == pytest.approx(lasting.perturb(100, releases[0].cell_key(places)), abs=0.4)


def test_a_draw_is_the_same_on_each_call_and_another_for_each_name():
    draws = [draw_number("people", number, below=5) for number in range(200)]
    assert draws == [draw_number("people", number, below=5) for number in range(200)]
    assert set(draws) == set(range(5))
