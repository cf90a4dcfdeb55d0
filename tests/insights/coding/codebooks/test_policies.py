import pytest

from insights.coding.codebooks.policies import has_enough_approvals, why_not_approve
from insights.coding.counted_codes import name_amount

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


@pytest.mark.parametrize(("number", "said"), [(0, "few or no"), (9, "few or no"), (10, "some"), (100, "many")])
def test_an_amount_has_no_number(number, said):
    assert name_amount(number) == said
