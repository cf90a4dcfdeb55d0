import pytest

from insights.coding.discovery.policies import (
    is_discovery_due,
    share_in_words,
    size_in_words,
    why_not_decide,
    why_not_undo,
)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.33, "about a third"), (0.5, "about half"), (0.25, "about a quarter"), (0.95, "nearly all"), (0.05, "")],
)
def test_shares_are_said_as_people_say_them(share, said):
    assert share_in_words(share) == said


@pytest.mark.parametrize(
    ("people", "everyone", "said"), [(30, 100, "large"), (10, 100, "middling"), (3, 100, "small"), (0, 0, "small")]
)
def test_sizes_are_words(people, everyone, said):
    assert f"A {said} group" == size_in_words(people, everyone)


@pytest.mark.parametrize(
    ("missed", "outside", "left", "due"),
    [
        (59, 59, None, False),
        (60, 60, None, True),
        (500, 10, 0, False),
        (500, 124, 0, False),
        (500, 125, 0, True),
        (500, 400, 400, False),
        (500, 400, 275, True),
        (100, 59, 0, False),
    ],
)
def test_the_machine_looks_by_itself_when_enough_fits_no_theme(missed, outside, left, due):
    assert is_discovery_due(missed=missed, outside=outside, left=left) is due


def test_only_what_is_open_can_be_decided():
    assert why_not_decide("open") == ""
    assert why_not_decide("dismissed")


@pytest.mark.parametrize(
    ("state", "in_force", "parts", "allowed"),
    [
        ("dismissed", False, False, True),
        ("accepted", False, False, True),
        ("accepted", True, False, False),
        ("split", False, True, False),
        ("open", False, False, False),
    ],
)
def test_what_can_be_undone(state, in_force, parts, allowed):
    assert (why_not_undo(state=state, in_force=in_force, parts_decided=parts) == "") is allowed
