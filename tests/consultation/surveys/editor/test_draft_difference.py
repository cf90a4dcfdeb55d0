"""The list of changes names each change once, and nothing else."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.surveys.editor.draft_difference import PAGE, _find_moved, compare_outlines
from consultation.surveys.editor.questionnaire_outline import build_outline
from consultation.surveys.models import ConsultationPage
from tests.consultation.surveys.conftest import asked, choice, raw, when
from tests.consultation.surveys.editor.conftest import Page

GO = asked("go", "Do you go?", choices=["Yes", "No"])
FEEL = asked("feel", "How is it?", "faces", show_if=when("go", "yes"))
WHY = asked("why", "What would help?", "long_text", max_length=500, dont_know=False)


def said(old, new):
    return [change.words for change in compare_outlines(build_outline(Page(*old)), build_outline(Page(*new)))]


def test_each_field_that_the_editor_offers_is_compared():
    """A day on which the survey would go was none of them, so the checker read that nothing had changed."""
    offered = set(ConsultationPage.get_edit_handler().get_form_class().base_fields)
    unseen = {"body", "comment_notifications", "machine_words", "words_checked_by"}  # the body by its own comparison
    searched = {"seo_title", "search_description", "show_in_menus"}
    assert set(PAGE) <= offered and offered - set(PAGE) <= unseen | searched


def with_value(block, **value):
    return block | {"value": block["value"] | value}


def test_words_and_choices():
    new = with_value(
        GO, text="Do you walk there?", options=[choice("no", "Never"), choice("yes", "Yes"), choice("m", "Maybe")]
    )
    assert said([GO], [new]) == [
        "Question 1 was “Do you go?”, now “Do you walk there?”.",
        "A choice, “Maybe”, was added to question 1.",
        "A choice of question 1 was “No”, now “Never”.",
        "The choices of question 1 stand in another order: “Never”, “Yes”, “Maybe”.",
    ]


def test_questions_come_go_and_move():
    new = asked("new", "Is it lit?", "yesno", show_if=when("go", "no"))
    assert said([GO, FEEL, WHY], [WHY, GO, new]) == [
        "Question 2, “How is it?”, was removed.",
        "Question 3 moved: it is question 1 now, at the beginning.",
        "Question 3, “Is it lit?”, is new. It is shown if “No” to question 2.",
    ]


def test_conditions_are_said_before_and_after():
    assert said([GO, FEEL], [GO, with_value(FEEL, show_if=[])]) == [
        "Question 2 was shown if “Yes” to question 1; now it is shown to everyone."
    ]


def test_settings_help_and_easy_words():
    helped = [raw({"any_of": ["yes"], "text": "You can call.", "entries": ["childline"]})]
    assert said([GO], [with_value(GO, easy="Do you go?", sensitive=True, help_by_answer=helped)]) == [
        "Question 1: the easy words was empty, now “Do you go?”.",
        "Question 1, a hard subject: was “no”, now “yes”.",
        "The help that question 1 opens was empty, now “after “Yes”: “You can call.” (childline)”.",
    ]


def test_a_part_is_called_by_its_heading():
    part = raw({"text": "Parks", "level": "1"}, "section", "part")
    assert said([part, GO, WHY], [GO, WHY, with_value(part, text="Green places")]) == [
        "The part “Green places” moved: it stands after question 2 now.",
        "The part “Green places” was “Parks”, now “Green places”.",
    ]


TEXTS = st.text("abc é“”", min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def surveys(draw):
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6))
    made = []
    for place, id_ in enumerate(ids):
        value = {
            "dont_know": draw(st.booleans()),
            "sensitive": draw(st.booleans()),
            "easy": draw(st.sampled_from(["", "x"])),
        }
        options = draw(st.lists(st.tuples(st.sampled_from("123"), TEXTS), unique_by=lambda one: one[0], max_size=3))
        value["options"] = [choice(key, text) for key, text in options]
        if place and draw(st.booleans()):
            value["show_if"] = when(draw(st.sampled_from(ids[:place])), draw(st.sampled_from("123")))
        made.append(asked(id_, draw(TEXTS), **value))
    return made


def same(old, new):
    """But for the numbers, which follow from the order."""
    return [{**one, "number": 0} for one in old] == [{**one, "number": 0} for one in new]


@pytest.mark.slow
@given(surveys(), surveys())
@settings(max_examples=150)
def test_something_is_said_exactly_when_something_changed(one, other):
    old, new = build_outline(Page(*one)), build_outline(Page(*other))
    assert compare_outlines(old, deepcopy(old)) == []
    assert bool(compare_outlines(old, new)) == (not same(old, new))


@pytest.mark.slow
@given(surveys(), surveys())
@settings(max_examples=150)
def test_what_is_said_suffices_to_tell_which_questions_changed_and_how(one, other):
    old, new = build_outline(Page(*one)), build_outline(Page(*other))
    changes = compare_outlines(old, new)
    before, after = ({entry["id"]: entry for entry in entries} for entries in (old, new))
    kinds = {(change.kind, change.entry) for change in changes}
    assert {id_ for kind, id_ in kinds if kind == "added"} == set(after) - set(before)
    assert {id_ for kind, id_ in kinds if kind == "removed"} == set(before) - set(after)
    both = set(before) & set(after)
    moved = {id_ for kind, id_ in kinds if kind == "moved"}
    assert [i for i in before if i in both - moved] == [i for i in after if i in both - moved]
    for id_ in both:
        was, now = before[id_], after[id_]
        words = " ".join(change.words for change in changes if change.entry == id_)
        assert (("words", id_) in kinds) == (was["words"] != now["words"])
        assert (("choices", id_) in kinds) == (list(was["choices"].items()) != list(now["choices"].items()))
        assert (("condition", id_) in kinds) == (was["show_if"] != now["show_if"])
        assert (("setting", id_) in kinds) == (was["settings"] != now["settings"])
        if was["words"]["text"] != now["words"]["text"]:
            assert was["words"]["text"] in words and now["words"]["text"] in words


@given(st.permutations(range(7)))
def test_no_more_is_moved_than_must_be(order):
    old, new = [f"{n}" for n in range(7)], [f"{n}" for n in order]
    longest = max(len(run) for run in _runs(order))
    assert len(_find_moved(old, new)) == 7 - longest


def _runs(order):
    """Every run that keeps its order."""
    found = [()]
    for number in order:
        found += [(*run, number) for run in found if not run or run[-1] < number]
    return found
