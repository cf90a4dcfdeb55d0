"""Form fields of each type of question become closed answers and texts."""

import pytest
from django.http import QueryDict

from consultation.channels.web.form_parsing import parse_survey_form
from tests.consultation.channels.conftest import all_types
from tests.factories import content


def sent(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "."), value if isinstance(value, list) else [value])
    return parse_survey_form(content(*all_types()), data)


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({"a": ["2", "1"]}, {"a": ["1", "2"]}),
        ({"a": ["1", "4"]}, {"a": ["1"]}),
        ({"a": "4"}, {"a": ["4"]}),
        ({"a": ["4", "na"]}, {"a": ["4"]}),
        ({"a": ["1", "dk"]}, {"a": ["1"]}),
        ({"a": ["dk"]}, {"a": ["dk"]}),
        ({"a": ["2"], "b": "1"}, {"a": ["2"], "b": "1"}),
        ({"c": "5"}, {"c": "5"}),
        ({"c": "dk"}, {"c": "dk"}),
        ({"d": "2"}, {"d": "2"}),
        ({"e_a": "1", "e_b": "2"}, {"e": {"a": "1", "b": "2"}}),
        ({"e_b": "na"}, {"e": {"b": "na"}}),
        ({"f_1": "2", "f_2": "1"}, {"f": ["2", "1"]}),
        ({"f_3": "1"}, {"f": ["1"]}),
        ({"f": "4"}, {"f": ["4"]}),
        ({"f": "na", "f_1": "1"}, {"f": ["1"]}),
        ({"j": "na"}, {"j": "na"}),
    ],
)
def test_what_each_type_makes_of_its_fields(fields, closed):
    got = sent(**fields)
    assert got.closed == closed
    assert got.problems == []


@pytest.mark.parametrize(
    "fields",
    [{"a": "99"}, {"a": "<script>"}, {"b": "3"}, {"c": "6"}, {"e_z": "1"}, {"e_a": "7"}, {"f_9": "1"}, {"f_1": "4"},
     {"zz": "1"}, {"g": "1"}, {"j": ""}],
)  # fmt: skip
def test_an_option_that_was_not_offered_is_dropped(fields):
    assert sent(**fields).closed == {}


def test_a_text_keeps_its_words_and_its_wish():
    got = sent(h="  Too dark.\r\nAnd cold. \x00", h_soon="1")
    assert got.texts == {"q-h": ("Too dark.\nAnd cold.", True)}


def test_the_wish_to_be_read_soon_without_words_is_a_problem():
    for fields in (
        {"h_soon": "1"},
        {"h_soon": "1", "h": " \n"},
        {"h_soon": "1", "h_also": "na"},
        {"h_soon": "1", "a": "1"},
    ):
        assert [(problem.item["key"], problem.word) for problem in sent(**fields).problems] == [("h", "error.soon")]


def test_the_wish_counts_where_its_question_was_seen():
    assert sent(e_a="1", i_soon="1").problems == []
    assert [problem.word for problem in sent(e_a="1", i_soon="1", whole="1").problems] == ["error.soon"]


def test_more_than_the_limit_is_a_problem_and_nothing_is_dropped():
    got = sent(a=["1", "2", "3"])
    assert [(problem.item["key"], problem.word, problem.values) for problem in got.problems] == [
        ("a", "error.many", {"n": 2})
    ]
    assert got.values["a"] == ["1", "2", "3"]


def test_a_text_that_is_too_long_says_by_how_much():
    got = sent(h="x" * 1063)
    assert [(problem.word, problem.values) for problem in got.problems] == [("error.long", {"n": 63})]
    assert got.values["h"] == ["x" * 1063]


def test_line_breaks_count_as_one_letter():
    assert sent(h="\r\n".join(["x"] * 500)).problems == []


def test_answers_to_a_question_that_was_not_shown_are_dropped():
    assert sent(a=["1"], b="1").closed == {"a": ["1"]}
    assert sent(e_a="1", i="words").texts == {}
    assert sent(e_a="1", e_b="2", i="words").texts == {"q-i": ("words", False)}


def test_a_problem_in_a_question_that_was_not_shown_holds_nothing_up():
    assert sent(e_a="1", i="x" * 5000).problems == []


def test_where_all_questions_were_seen_words_are_kept_and_ticks_count_as_ever():
    """A browser that can hide no question: a cry for help under one of them is no less a cry for help."""
    seen = sent(a=["1"], b="1", e_a="1", i="words", whole="1")
    assert seen.closed == sent(a=["1"], b="1", e_a="1", i="words").closed
    assert seen.texts == {"q-i": ("words", False)}
    assert [problem.word for problem in sent(e_a="1", i="x" * 5000, whole="1").problems] == ["error.long"]


def test_one_thing_in_two_places_of_an_order_is_a_problem_and_keeps_its_better_place():
    got = sent(f_1="2", f_2="2", f_3="1", a="2")
    assert [(problem.item["key"], problem.word) for problem in got.problems] == [("f", "error.twice")]
    assert got.closed == {"a": ["2"], "f": ["2", "1"]}
    assert [got.values[name] for name in ("f.1", "f.2", "f.3")] == [["2"], ["2"], ["1"]]
