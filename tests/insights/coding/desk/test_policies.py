import pytest

from insights.coding.codebooks.recoding import merge_spans
from insights.coding.desk import policies
from insights.coding.desk.policies import why_not_save


class Person:
    def __init__(self, pk, *permissions):
        self.pk, self.permissions = pk, permissions

    def has_perm(self, name):
        return name in self.permissions


CODER = Person(1, "insights.code_themes")


def said(themes=(1,), nothing="", stances=None, spans=None):
    return why_not_save(themes=themes, nothing=nothing, stances=stances or {}, spans=spans or {}, length=20)


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"themes": ()},
        {"themes": (), "nothing": "no_reason"},
        {"themes": (), "nothing": "other"},
        {"nothing": "other"},
        {"stances": {1: "mixed"}},
        {"stances": {1: "", 2: ""}},
        {"spans": {1: [[0, 20]], 2: []}},
    ],
)
def test_what_a_choice_may_hold(choice):
    assert said(**choice) == ""


@pytest.mark.parametrize(
    "choice, why",
    [
        ({"nothing": "no_reason"}, policies.NO_REASON_AND_THEMES),
        ({"nothing": "sad"}, "This page is damaged. Load it again."),
        ({"stances": {1: "angry"}}, "This stance is unknown. Choose it again."),
        ({"stances": {2: "agrees"}}, policies.NOT_TICKED),
        ({"spans": {2: [[0, 4]]}}, policies.NOT_TICKED),
        ({"spans": {1: [[0, 21]]}}, policies.NOT_THERE),
        ({"spans": {1: [[4, 4]]}}, policies.NOT_THERE),
        ({"spans": {1: [[-1, 4]]}}, policies.NOT_THERE),
        ({"spans": {1: [[1]]}}, policies.NOT_THERE),
    ],
)
def test_what_it_may_not(choice, why):
    assert said(**choice) == why


def test_the_same_words_are_never_marked_twice():
    assert merge_spans([[8, 12], [0, 4], [3, 6], [12, 14]]) == [[0, 6], [8, 14]]


@pytest.mark.parametrize(
    "who, owner, may", [(CODER, 1, True), (CODER, 2, False), (Person(1, "insights.view_reports"), 1, False)]
)
def test_a_set_is_removed_by_whoever_made_it(who, owner, may):
    assert policies.may_remove_set(who, owner) is may
