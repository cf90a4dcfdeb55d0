"""Typed signs become the answers of the questionnaire's schema."""

import pytest

from consultation.channels.paper.paper_codes import option_keys_by_code, split_typed_codes
from consultation.channels.paper.paper_entry import PaperFormEntry
from tests import factories
from tests.consultation.channels.paper import asked

pytestmark = pytest.mark.any_database


@pytest.fixture
def version(home):
    return asked.published(home)[1]


def typed(version, **data):
    """An Entry from {field: typed}; a double underscore stands for the dot in a field's name."""
    return PaperFormEntry(version, "en", {name.replace("__", "."): value for name, value in data.items()})


SHOWN = {"b": "1"}  # opens the part with the grid, the ranking and what follows


@pytest.mark.parametrize(
    ("data", "closed"),
    [
        ({"b": "13"}, {"b": ["1", "3"]}),
        ({"b": "3, 1"}, {"b": ["1", "3"]}),
        ({"b": "5"}, {"b": ["5"]}),
        ({"b": "k"}, {"b": ["dk"]}),
        ({"b": "."}, {}),
        ({"c": "4"}, {"c": "4"}),
        ({"c": "N"}, {"c": "na"}),
        ({"d": "1", "e": "2"}, {"d": "1", "e": "2"}),
        (SHOWN | {"h__a": "2", "h__b": "k"}, {"b": ["1"], "h": {"a": "2", "b": "dk"}}),
        (SHOWN | {"i__p1": "2", "i__p3": "1"}, {"b": ["1"], "i": ["3", "1"]}),
        (SHOWN | {"i__p1": "3", "i__p3": "1"}, {"b": ["1"], "i": ["3", "1"]}),
        (SHOWN | {"i": "4"}, {"b": ["1"], "i": ["4"]}),
        (SHOWN | {"j": "0"}, {"b": ["1"], "j": "1"}),
        (SHOWN | {"k": "12"}, {"b": ["1"], "k": 12}),
        (SHOWN | {"k": "k"}, {"b": ["1"], "k": "dk"}),
        (SHOWN | {"l": "3 2026"}, {"b": ["1"], "l": "2026-03"}),
        (SHOWN | {"l": "03/2026"}, {"b": ["1"], "l": "2026-03"}),
        (SHOWN | {"l": "2025"}, {"b": ["1"], "l": "2025"}),
        (SHOWN | {"m": "2"}, {"b": ["1"], "m": "2"}),
        (SHOWN | {"n__also": "n"}, {"b": ["1"], "n": "na"}),
        ({"q": "2", "r": "1"}, {"q": "2", "r": "1"}),
    ],
)
def test_signs_are_answers(version, data, closed):
    entry = typed(version, **data)
    assert entry.problems == {}
    assert entry.closed == closed


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"b": "19"}, "b"),
        ({"b": "123 4"}, "b"),  # up to three
        ({"c": "12"}, "c"),
        ({"c": "x"}, "c"),
        (SHOWN | {"h__a": "7"}, "h.a"),
        (SHOWN | {"i__p1": "1", "i__p2": "1"}, "i.p2"),
        (SHOWN | {"i__p1": "4"}, "i.p1"),
        (SHOWN | {"k": "99"}, "k"),
        (SHOWN | {"l": "13 2026"}, "l"),
        (SHOWN | {"l": "March"}, "l"),
        (SHOWN | {"l": "3 1999"}, "l"),
        ({"o": "x" * 5001}, "o"),
        ({"o__also": "z"}, "o.also"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(version, data, field):
    entry = typed(version, **data)
    assert list(entry.problems) == [field]
    assert all(entry.values[name.replace("__", ".")] == value for name, value in data.items())


def test_unclear_is_not_answered_and_only_said(version):
    entry = typed(version, c="?", b="1?", o="Why?")
    assert entry.closed == {}
    assert entry.unclear == [1, 2]
    assert entry.texts == {"q-o": ("Why?", False)}


def test_words_are_kept_as_they_are(version):
    entry = typed(version, o="  Ther is\r\nno light. ?", o__also="s", b="4", b__other="The canal")
    assert entry.texts == {"q-o": ("Ther is\nno light. ?", True), "q-b:other": ("The canal", False)}
    assert entry.closed == {"b": ["4"]}


def test_more_words_than_the_screen_allows_fit_on_paper(version):
    version.content["items"][14]["max_length"] = 100
    entry = typed(version, o="x" * 400)
    assert entry.problems == {}
    assert entry.texts["q-o"][0] == "x" * 400


def test_words_under_a_question_that_was_not_theirs_are_kept_and_ticks_are_not(version):
    entry = typed(version, d="2", e="1", c="3", n="Help me")
    assert entry.closed == {"d": "2", "c": "3"}
    assert entry.left_out == [4]
    assert entry.texts == {"q-n": ("Help me", False)}


def test_equality_answers_go_apart(home):
    apart = factories.question("b", "single", ["One", "Two"], apart=True)
    _, version = asked.published(home, factories.content(factories.question("a", options=["Yes"]), apart, slug="out"))
    entry = typed(version, a="1", b="2")
    assert entry.closed == {"a": "1"}
    assert entry.equality_answers == {"b": "2"}
    assert entry.left_out == []


def test_many_choices_have_two_figures(version):
    item = factories.question("a", "multiple", [f"Area {n}" for n in range(40)])
    codes = option_keys_by_code(item)
    assert list(codes)[:2] == ["01", "02"]
    assert split_typed_codes("0140 k", codes | {"k": "dk"}) == ["01", "40", "k"]


def test_no_sign_means_two_things():
    item = factories.question("a", "multiple", [f"Area {n}" for n in range(29)])
    assert not {"k", "n", "s", ".", "?"} & set(option_keys_by_code(item))
    assert len(option_keys_by_code(item)) == 29
