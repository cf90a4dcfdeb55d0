import pytest

from insights.coding.learning.policies import (
    ASKED,
    ERASED,
    IN_USE,
    NEW,
    OTHER_ENGINE,
    OTHER_VERSION,
    WITHDRAWN,
    may_take_over,
    more_codes_needed,
    why_fit_model,
    why_not_use,
)

QUIET = {"asked": False, "marked": False, "fits": True, "seen": 100, "confirmed": 100}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"confirmed": 119}, ""),
        ({"confirmed": 120}, "At least 20 more"),
        ({"seen": 1000, "confirmed": 1199}, ""),
        ({"seen": 1000, "confirmed": 1200}, "At least 200 more"),
        ({"confirmed": 3}, ""),
        ({"asked": True}, ASKED),
        ({"marked": True}, WITHDRAWN),
        ({"fits": False}, NEW),
        ({"asked": True, "marked": True, "fits": False}, ASKED),
    ],
)
def test_a_model_is_due_for_a_reason_that_can_be_read(change, why):
    found = why_fit_model(**(QUIET | change))
    assert found.startswith(why) if why else found == ""


def test_the_more_was_learned_the_more_must_come():
    assert [more_codes_needed(seen) for seen in (0, 50, 100, 500, 4000)] == [20, 20, 20, 100, 800]


USABLE = {"in_use": False, "erased": False, "same_version": True, "same_engine": True}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ""),
        ({"in_use": True}, IN_USE),
        ({"erased": True}, ERASED),
        ({"same_version": False}, OTHER_VERSION),
        ({"same_engine": False}, OTHER_ENGINE),
    ],
)
def test_which_models_can_be_put_in_use(change, why):
    assert why_not_use(**(USABLE | change)) == why


@pytest.mark.parametrize(
    ("chosen", "why", "takes"),
    [
        (False, "At least 20 more answers were coded by people since the last one.", True),
        (True, "At least 20 more answers were coded by people since the last one.", False),
        (True, ASKED, True),
        (True, WITHDRAWN, True),
        (True, NEW, True),
    ],
)
def test_what_a_person_chose_stays_unless_it_must_go(chosen, why, takes):
    assert may_take_over(chosen=chosen, why=why) is takes
