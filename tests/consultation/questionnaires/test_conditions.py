"""A condition that can never hold is told to the officer, at its block, in plain words."""

import pytest
from django.core.exceptions import ValidationError

from consultation.questionnaires import conditions
from consultation.questionnaires.blocks import QuestionStreamBlock

from .conftest import asked, choice, when

GO = asked("go", "Do you go?", choices=["Yes", "No"])
PLACES = asked("places", "How are they?", "grid")
PLACES["value"] |= {"rows": [choice("town", "Town")], "options": [choice("good", "Good"), choice("bad", "Bad")]}


def cleaned(*blocks):
    stream = QuestionStreamBlock()
    return stream.clean(stream.to_python(list(blocks)))


def problem(*blocks):
    """(place of the block, field of its condition, message)."""
    with pytest.raises(ValidationError) as caught:
        cleaned(*blocks)
    ((place, error),) = caught.value.block_errors.items()
    (inner,) = error.block_errors["show_if"].block_errors["of"].block_errors.values()
    ((field, message),) = inner.block_errors.items()
    return place, field, message.messages[0]


def test_condition_on_an_earlier_answer_is_fine():
    assert len(cleaned(GO, asked("why", "Why?", "short_text", max_length=100, show_if=when("go", "yes")))) == 2


@pytest.mark.parametrize("answers", [("dont-know",), ("rather-not",), ("no", "dont-know")])
def test_answers_set_apart_can_be_waited_for(answers):
    assert cleaned(GO, asked("why", "Why?", "faces", show_if=when("go", *answers)))


def test_steps_of_a_scale_can_be_waited_for():
    assert cleaned(asked("feel", "How?", "faces"), asked("more", "More?", "faces", show_if=when("feel", "1", "2")))
    assert cleaned(
        asked("know", "I know.", "agreement"), asked("more", "More?", "faces", show_if=when("know", "disagree-lot"))
    )


def test_columns_of_a_grid_can_be_waited_for():
    assert cleaned(PLACES, asked("more", "More?", "faces", show_if=when("places", "bad")))


def test_question_that_is_gone():
    found = problem(GO, asked("why", "Why?", "faces", show_if=when("gone", "yes")))
    assert found == (1, "question", conditions.NO_QUESTION)


def test_question_that_comes_later():
    place, field, message = problem(asked("why", "Why?", "faces", show_if=when("go", "yes")), GO)
    assert (place, field) == (0, "question") and "“Do you go?” comes after this one" in message


def test_question_that_waits_for_itself():
    own = asked("go", "Do you go?", choices=["Yes", "No"], show_if=when("go", "yes"))
    assert problem(own) == (0, "question", conditions.ITSELF)


def test_choice_that_is_gone():
    place, field, message = problem(GO, asked("why", "Why?", "faces", show_if=when("go", "maybe")))
    assert (place, field) == (1, "any_of") and "not in “Do you go?” any more: maybe" in message


def test_answer_that_is_not_offered():
    quiet = asked("go", "Do you go?", choices=["Yes", "No"], dont_know=False)
    assert problem(quiet, asked("why", "Why?", "faces", show_if=when("go", "dont-know")))[1] == "any_of"


def test_text_has_no_choices_to_wait_for():
    text = asked("say", "Say more.", "long_text", max_length=500)
    assert "has no choices" in problem(text, asked("why", "Why?", "faces", show_if=when("say", "yes")))[2]


def test_sections_wait_too():
    section = {"type": "section", "id": "s", "value": {"text": "More", "show_if": when("gone", "yes")}}
    assert problem(GO, section)[:2] == (1, "question")


def test_help_for_a_choice_that_is_gone():
    rule = {"any_of": ["maybe"], "text": "You can call.", "entries": []}
    block = asked("go", "Go?", choices=["Yes", "No"], help_by_answer=[{"type": "item", "id": "h", "value": rule}])
    with pytest.raises(ValidationError) as caught:
        cleaned(block)
    assert caught.value.block_errors[0].block_errors["help_by_answer"]
