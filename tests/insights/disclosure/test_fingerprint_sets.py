"""Fingerprint sets of people: storage and comparison."""

from time import process_time

import numpy as np

from insights.disclosure.fingerprint_sets import count_in_both, pack_fingerprints, unpack_fingerprints


def crowd(start, stop):
    return np.arange(start, stop, dtype="<u8")


def test_what_two_sets_share_is_counted_and_what_is_stored_comes_back():
    assert count_in_both(crowd(0, 50), crowd(3, 53)) == 47
    assert count_in_both(crowd(0, 50), crowd(50, 60)) == 0
    assert unpack_fingerprints(pack_fingerprints(crowd(3, 53))).tolist() == list(range(3, 53))


def test_a_million_people_take_less_than_a_second():
    started = process_time()
    assert count_in_both(crowd(0, 1_000_000), crowd(5, 1_000_002)) == 999_995
    assert process_time() - started < 1
