"""What changes no meaning: spaces and capitals of prose, and nothing else, whatever else a draft holds."""

import copy
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.surveys.small_corrections import BLOCK_PROSE, BOOKKEEPING, PROSE, changes_no_meaning
from tests.consultation.surveys.conftest import asked, when

WORDS = "we ask where you feel safe, and why. the US and M62 are at example.org/Ab"
BODY = [
    asked("go", "Do you go to the park?", choices=["Yes", "No"], easy="do you go?", hint="Read it.", sensitive=False),
    asked("why", "Why?", "long_text", max_length=500, show_if=when("go", "yes"), links=["places/parks"]),
]
DRAFT = {
    "title": "Parks", "slug": "parks", "summary": WORDS, "can_change": "Where lights go.", "opens": "2026-10-08",
    "closes": None, "minutes": 5, "ways": ["own", "paper"], "promise_read": True, "codebook": "seed", "live": True,
}  # fmt: skip


def content(**fields):
    return DRAFT | {"body": json.dumps(BODY)} | fields


def small(**fields):
    return changes_no_meaning(content(), content(**fields))


def edited(place, **value):
    body = copy.deepcopy(BODY)
    body[place]["value"] |= value
    return body


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "parks"},
        {"summary": f"  {WORDS.replace(' ', '  ').replace('we', 'We')}\n"},
        {"can_change": "where Lights go."},
        {"live": False, "locked": True, "latest_revision": 9},
        {"body": json.dumps(edited(0, text="do you  go to the Park?", hint="read it."))},
    ],
)
def test_spaces_and_capitals_are_small(fields):
    assert small(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"summary": WORDS.replace("safe", "unsafe")},
        {"summary": WORDS.replace("you feel", "youfeel")},
        {"summary": WORDS.replace("safe,", "safe")},
        {"summary": WORDS.replace("US", "us")},
        {"summary": WORDS.replace("M62", "m62")},
        {"summary": WORDS.replace("/Ab", "/ab")},
        {"slug": "Parks"},
        {"opens": "2026-10-09"},
        {"closes": "2026-12-01"},
        {"minutes": "5"},
        {"minutes": 5.0},
        {"ways": ["paper", "own"]},
        {"promise_read": 1},
        {"codebook": "Seed"},
        {"new_field": ""},
        {"body": json.dumps(BODY[::-1])},
        {"body": json.dumps(BODY[:1])},
        {"body": json.dumps(edited(0, sensitive=True))},
        {"body": json.dumps(edited(0, options=BODY[0]["value"]["options"][::-1]))},
        {"body": json.dumps(edited(0, options=asked("go", "", choices=["yes", "No"])["value"]["options"]))},
        {"body": json.dumps(edited(1, max_length=501))},
        {"body": json.dumps(edited(1, show_if=when("go", "no")))},
        {"body": json.dumps(edited(1, links=["places/Parks"]))},
        {"body": json.dumps([BODY[0], BODY[1] | {"id": "Why"}])},
        {"body": json.dumps([BODY[0], BODY[1] | {"type": "short_text"}])},
    ],
)
def test_a_word_a_number_a_link_an_option_an_order_or_a_date_never_is(fields):
    assert not small(**fields)


def list_leaves(value, path=()):
    """(path, leaf) of all that is stored, prose or not."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from list_leaves(inner, (*path, key))
    else:
        yield path, value


def put(value, path, leaf):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = leaf


def is_prose(path):
    at_block = len(path) == 4 and path[0] == "body" and path[2] == "value" and path[3] in BLOCK_PROSE
    return at_block or (len(path) == 1 and path[0] in PROSE)


LEAVES = [path for path, _ in list_leaves(DRAFT | {"body": BODY}) if path[0] not in BOOKKEEPING]
ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=2))


@given(st.sampled_from(LEAVES), ANYTHING)
def test_whatever_is_put_anywhere_is_small_only_where_words_stay(path, leaf):
    before = DRAFT | {"body": BODY}
    after = copy.deepcopy(before)
    was = dict(list_leaves(before))[path]
    put(after, path, leaf)
    found = changes_no_meaning(before, after)
    same = type(was) is type(leaf) and was == leaf
    if found and not same:
        assert is_prose(path) and re.split(r"\s+", was.strip().lower()) == re.split(r"\s+", leaf.strip().lower())
    assert found or not same


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXT, TEXT, TEXT)
def test_many_small_steps_make_no_large_one(one, two, three):
    """Else somebody could change a word in two corrections, each of which nobody else has to see."""

    def is_small(old, new):
        return changes_no_meaning({"summary": old}, {"summary": new})

    assert is_small(one, one) and is_small(one, two) == is_small(two, one)
    for middle in (one.swapcase(), one.title(), f" {one}  ", two):
        if is_small(one, middle) and is_small(middle, three):
            assert is_small(one, three)
