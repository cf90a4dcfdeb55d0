import pytest

from insights.coding.codebooks.codebook_overview import answers_in_words
from insights.coding.codebooks.policies import has_enough_approvals, why_not_approve

SOUND = {"is_draft": True, "based_on": 1, "in_force": 1, "themes": 3, "changed": False}


def test_a_sound_draft_may_be_approved():
    assert why_not_approve(**SOUND) is None
    assert why_not_approve(**SOUND | {"based_on": None, "in_force": None}) is None


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [
        ({"is_draft": False}, "no draft"),
        ({"in_force": 2}, "Another version was approved"),
        ({"themes": 0}, "at least one theme"),
        ({"changed": True}, "changed this draft"),
    ],
)
def test_what_stands_against_an_approval(otherwise, says):
    assert says in why_not_approve(**SOUND | otherwise)


def test_two_people_agree_and_one_does_not():
    assert [has_enough_approvals(n) for n in range(4)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "about 10"),
        (12, "about 10"),
        (13, "about 15"),
        (41, "about 40"),
    ],
)
def test_no_number_under_ten_is_said_and_none_exactly(number, said):
    assert answers_in_words(number) == f"{said} answers"
