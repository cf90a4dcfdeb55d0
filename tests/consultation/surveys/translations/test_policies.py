"""Policies of translations: reviewers, states of a text, and the shown text."""

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.surveys.translations import policies
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.translation_faults import list_faults

OFFICER = {policies.TRANSLATES, policies.CHECKS}


def person(pk=1, permissions=OFFICER, active=True):
    return SimpleNamespace(pk=pk, is_active=active, has_perm=permissions.__contains__)


def test_only_the_named_checker_judges_and_never_their_own_words():
    for writer, checker in product((None, 1, 2), repeat=2):
        may = policies.may_judge(person(1), written_by=writer, checker=checker)
        assert may == (checker == 1 and writer != 1)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (person(3), True),
        (person(1), False),  # asks for it
        (person(2), False),  # wrote some of it
        (person(3, active=False), False),
        (person(3, {policies.TRANSLATES}), False),
        (person(3, set()), False),
    ],
)
def test_who_may_be_named_as_a_checker(who, may):
    assert policies.may_be_checker(who, writers={2}, sender=1) is may


@pytest.mark.parametrize(
    ("text", "older", "verdict", "state"),
    [
        ("", False, None, StringState.EMPTY),
        ("", True, None, StringState.BEHIND),
        ("x", False, None, StringState.WAITING),
        ("x", True, True, StringState.RIGHT),
        ("x", False, False, StringState.BACK),
    ],
)
def test_how_a_string_stands(text, older, verdict, state):
    assert policies.classify_string(text, older, verdict) == state


def words(**more):
    counts = dict.fromkeys(("said", "right", "behind", "back"), 0) | {"total": 9}
    truths = {"live": False, "begun": True, "waits": False, "checked": True}
    return policies.describe_language_state(**counts | truths | more)


def test_the_state_of_a_language_in_words():
    assert words(begun=False) == "Not begun"
    assert words(said=4) == "4 of 9 texts"
    assert words(said=9, waits=True) == "Waits for its checker"
    assert words(said=9, waits=True, back=1) == "Waits for its checker, 1 text sent back"
    assert words(said=9, right=9, live=True) == "Live, all checked"
    assert words(said=7, right=7, behind=2, live=True) == "Behind the source by 2 texts, live, 7 of 9 texts"
    assert words(said=9, live=True, checked=False) == "Live without a check"
    assert words(said=7, behind=2) == "2 texts changed in the source, 7 of 9 texts"


@given(st.text(), st.text())
def test_what_may_not_be_done_to_a_source_is_always_said_in_sentences(source, text):
    for rich in (False, True):
        assert all(sentence.endswith(".") for sentence in list_faults(source, text, limit=20, rich=rich))
    assert list_faults(source, source) == [] or any(
        ord(letter) < 32 or letter in "\x7f\ufffe\uffff" for letter in source
    )
