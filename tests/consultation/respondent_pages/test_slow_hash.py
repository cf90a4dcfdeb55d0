"""The slow hash of words and PINs: what it costs, and how many threads it holds."""

import re
import threading
import time

import pytest
from django.conf import settings

from consultation.respondent_pages import slow_hash
from consultation.respondent_pages.four_words import hash_words
from consultation.respondent_pages.slow_hash import HashingLane, TooManyAtOnce
from tests.domain_tables import CONTROLS

WORDS = ("apple", "boat", "cloud", "drum")
pytestmark = pytest.mark.any_database


def seconds_of(thread_time):
    began = thread_time()
    slow_hash.hash_slowly(b"secret", b"s" * 16)
    return thread_time() - began


def test_a_guess_costs_a_core_for_a_while():
    """Within what this takes on slow and on fast machines: less would make guessing cheap, more would make people wait."""
    assert 0.015 < min(seconds_of(time.thread_time) for _ in range(3)) < 0.4


def test_the_cost_is_the_one_of_the_controls():
    agreed = CONTROLS["receipts"]["argon2id"]
    assert (agreed["operations"], agreed["memory_mib"] * 1024**2) == (slow_hash.OPERATIONS, slow_hash.MEMORY)


def test_words_depend_on_the_installation_and_on_every_word(settings, quick_hash):
    here = hash_words(WORDS)
    assert here == hash_words(list(WORDS)) and here.slow != hash_words(WORDS[::-1]).slow
    assert hash_words(WORDS[:3]).slow != here.slow != hash_words((*WORDS, "")).slow
    settings.SECRET_KEY = "another"
    assert hash_words(WORDS).slow != here.slow


def occupied(lane, places):
    """Take places of a lane until `go` is set, as other requests do."""
    go, taken = threading.Event(), threading.Semaphore(0)

    def take():
        lane.run(lambda: (taken.release(), go.wait(5)))

    people = [threading.Thread(target=take) for _ in range(places)]
    for one in people:
        one.start()
    assert taken.acquire(timeout=5)  # the others wait for the one thread
    while lane._places._value:
        time.sleep(0.001)
    return go, people


def test_past_its_places_a_lane_refuses_at_once_and_holds_no_thread():
    lane = HashingLane(2)
    go, people = occupied(lane, 2)
    began = time.monotonic()
    for _ in range(100):
        with pytest.raises(TooManyAtOnce):
            lane.hash("words", b"secret")
    assert time.monotonic() - began < 0.5
    go.set()
    for one in people:
        one.join(5)
    assert len(lane.hash("words", b"secret")) == 32, "the places are free again"


def test_guesses_leave_places_for_words_that_were_just_made(quick_hash):
    go, people = occupied(slow_hash.guesses, slow_hash.guesses._places._initial_value)
    threading.Timer(0.1, go.set).start()
    assert hash_words(WORDS, slow_hash.own_words) == hash_words(WORDS, slow_hash.own_words)
    for one in people:
        one.join(5)


def test_tries_hold_half_of_the_threads_of_a_process_at_most():
    """A try holds its request's thread until it is hashed: of others, so many go on."""
    threads = int(
        re.search(r'"WEB_THREADS", "(\d+)"', (settings.BASE_DIR / "cms/operations/gunicorn.py").read_text())[1]
    )
    assert 2 * slow_hash.guesses._places._initial_value <= threads
    assert slow_hash.guesses._places._initial_value + slow_hash.own_words._places._initial_value <= threads


def test_staff_wait_for_their_place_and_not_for_ever():
    lane = HashingLane(1, patience=5)
    go, people = occupied(lane, 1)
    threading.Timer(0.1, go.set).start()
    assert lane.run(lambda: "hashed") == "hashed"
    people[0].join(5)
    lane = HashingLane(1, patience=0.01)
    go, people = occupied(lane, 1)
    with pytest.raises(TooManyAtOnce):
        lane.run(lambda: "hashed")
    go.set()
    people[0].join(5)


def test_a_failure_gives_its_place_back():
    lane = HashingLane(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            lane.run(lambda: 1 // 0)


def test_one_thread_hashes_for_all_lanes():
    """So a process takes one core and 32 MiB for it, however many wait."""
    threads = {lane.run(threading.get_native_id) for lane in (slow_hash.guesses, slow_hash.own_words) for _ in "ab"}
    assert len(threads) == 1 and threading.get_native_id() not in threads
