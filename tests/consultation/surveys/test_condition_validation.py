"""A condition that can never hold is reported at its block, in plain words."""

import pytest
from django.core.exceptions import ValidationError

from consultation.surveys import condition_validation
from consultation.surveys.question_blocks import QuestionStreamBlock
from tests.consultation.surveys.conftest import asked, choice, raw, when

GO = asked("go", "Do you go?", choices=["Yes", "No"])
PLACES = asked("places", "How are they?", "grid")
PLACES["value"] |= {"rows": [choice("town", "Town")], "options": [choice("good", "Good"), choice("bad", "Bad")]}


def why(**more):
    return asked("why", "Why?", "faces", **more)


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
    assert found == (1, "question", condition_validation.NO_QUESTION)


def test_question_that_comes_later():
    place, field, message = problem(asked("why", "Why?", "faces", show_if=when("go", "yes")), GO)
    assert (place, field) == (0, "question") and "“Do you go?” comes after this one" in message


def test_question_that_waits_for_itself():
    own = asked("go", "Do you go?", choices=["Yes", "No"], show_if=when("go", "yes"))
    assert problem(own) == (0, "question", condition_validation.ITSELF)


def test_choice_that_is_gone():
    place, field, message = problem(GO, asked("why", "Why?", "faces", show_if=when("go", "maybe")))
    assert (place, field) == (1, "any_of") and "not in “Do you go?” any more: maybe" in message


def test_answer_that_is_not_offered():
    quiet = asked("go", "Do you go?", choices=["Yes", "No"], dont_know=False)
    assert problem(quiet, asked("why", "Why?", "faces", show_if=when("go", "dont-know")))[1] == "any_of"


def test_text_has_no_choices_to_wait_for():
    text = asked("say", "Say more.", "long_text", max_length=500)
    assert "has no choices" in problem(text, asked("why", "Why?", "faces", show_if=when("say", "yes")))[2]


@pytest.mark.parametrize(
    "typed",
    [
        asked("say", "How many?", "number", least=0, most=9, options=[choice("few", "Few", start=0, end=9)] * 2),
        asked("say", "When?", "month", first_year=2020, last_year=2022),
    ],
    ids=["number", "month"],
)
def test_what_is_typed_cannot_be_waited_for(typed):
    stream = QuestionStreamBlock().to_python([typed, why(show_if=when("say", "few"))])
    (error,) = condition_validation.find_condition_error(stream).block_errors.values()
    assert "has no choices to wait for" in str(error.block_errors["show_if"].as_json_data())


def test_equality_answers_cannot_be_waited_for():
    kept_apart = asked("say", "Are you disabled?", "yesno", apart=True)
    stream = QuestionStreamBlock().to_python([kept_apart, why(show_if=when("say", "yes"))])
    (error,) = condition_validation.find_condition_error(stream).block_errors.values()
    assert "kept apart from all others" in str(error.block_errors["show_if"].as_json_data())


def test_sections_wait_too():
    section = {"type": "section", "id": "s", "value": {"text": "More", "show_if": when("gone", "yes")}}
    assert problem(GO, section)[:2] == (1, "question")


def test_help_for_a_choice_that_is_gone():
    rule = {"any_of": ["maybe"], "text": "You can call.", "entries": []}
    block = asked("go", "Go?", choices=["Yes", "No"], help_by_answer=[{"type": "item", "id": "h", "value": rule}])
    with pytest.raises(ValidationError) as caught:
        cleaned(block)
    assert caught.value.block_errors[0].block_errors["help_by_answer"]


def waits(question, *answers, how="any_of"):
    return raw({"question": question, "how": how, "any_of": list(answers)}, id_=f"{question}-{how}-{answers}")


def group(join, *inner):
    return raw({"join": join, "of": list(inner)}, "group", "g")


def joined(join, *inner):
    return {"join": join, "of": list(inner)}


def rule_error(*blocks):
    """(place, error of its whole rule)."""
    with pytest.raises(ValidationError) as caught:
        cleaned(*blocks)
    ((place, error),) = caught.value.block_errors.items()
    return place, error.block_errors["show_if"]


def said_on_top(error):
    return error.non_block_errors.as_data()[0].messages[0]


WHO = asked("who", "Who goes?", "multiple", choices=["Me", "Friends", "None"], limit=2)
WHO["value"]["options"][2]["value"]["exclusive"] = True
AREA = asked("part", "Which part?", choices=["North", "South"])


@pytest.mark.parametrize(
    "rule",
    [
        joined("all", waits("go", "yes"), waits("who", "me", "friends", how="all_of")),
        joined("any", group("all", waits("go", "yes"), waits("who", "me")), waits("part", "north", how="none_of")),
        joined("all", group("any", waits("go", "no"), waits("part", "south")), waits("who", "none", how="none_of")),
    ],
)
def test_nested_conditions_that_some_answers_meet_are_fine(rule):
    assert cleaned(GO, WHO, AREA, why(show_if=rule))


def test_conditions_that_rule_each_other_out_are_said_at_the_question():
    place, error = rule_error(GO, why(show_if=joined("all", waits("go", "yes"), waits("go", "no"))))
    assert place == 1
    assert said_on_top(error) == condition_validation.NO_ANSWERS.format(thing="question")


def test_is_and_is_not_of_the_same_choice():
    rule = joined("all", waits("who", "me"), waits("who", "me", how="none_of"))
    assert "rule each other out" in said_on_top(rule_error(WHO, why(show_if=rule))[1])


def test_none_of_these_goes_with_no_other_choice():
    rule = joined("all", waits("who", "none"), waits("who", "me"))
    assert "rule each other out" in said_on_top(rule_error(WHO, why(show_if=rule))[1])


def test_a_question_that_waits_for_one_that_is_not_asked_then():
    how = asked("how", "How?", "faces", show_if=when("go", "yes"))
    rule = joined("all", waits("go", "no"), waits("how", "1"))
    assert "rule each other out" in said_on_top(rule_error(GO, how, why(show_if=rule))[1])


def test_a_group_that_never_holds_is_said_at_the_group():
    rule = joined("any", waits("go", "yes"), group("all", waits("go", "yes"), waits("go", "no")))
    _, error = rule_error(GO, why(show_if=rule))
    (at, inner), *others = error.block_errors["of"].block_errors.items()
    assert (at, others) == (1, []) and said_on_top(inner) == condition_validation.NEVER


def test_what_rests_on_a_lost_question_is_not_blamed_as_well():
    lost = why(show_if=joined("all", waits("go", "yes"), waits("go", "no")))
    after = asked("after", "And then?", "faces", show_if=when("why", "1"))
    assert rule_error(GO, lost, after)[0] == 1


def part(id_, text, **more):
    return {"type": "section", "id": id_, "value": {"text": text, "level": "1", **more}}


def test_a_question_that_its_part_rules_out_names_the_part():
    outside = part("p", "For those who go", show_if=when("go", "yes"))
    _, error = rule_error(GO, outside, why(show_if=when("go", "no")))
    (inner,) = error.block_errors["of"].block_errors.values()
    assert said_on_top(inner) == condition_validation.NEVER
    both = joined("any", waits("go", "no"), waits("go", "dont-know"))
    assert rule_error(GO, outside, why(show_if=both))[0] == 2


def test_a_part_that_nobody_reaches_is_said_once_at_the_part():
    lost = part("p", "Nobody", show_if=joined("all", waits("go", "yes"), waits("go", "no")))
    place, error = rule_error(GO, lost, why(), asked("more", "More?", "faces"))
    assert place == 1 and said_on_top(error) == condition_validation.NO_ANSWERS.format(thing="part")


def test_one_choice_includes_no_two():
    place, field, message = problem(GO, why(show_if=joined("all", waits("go", "yes", "no", how="all_of"))))
    assert (place, field) == (1, "how") and "People choose one answer to “Do you go?”" in message


def test_more_than_the_limit_allows():
    three = asked("who", "Who goes?", "multiple", choices=["Me", "Friends", "Family"], limit=2)
    rule = joined("all", waits("who", "me", "friends", "family", how="all_of"))
    assert "at most 2 answers" in problem(three, why(show_if=rule))[2]


def test_an_unfinished_condition_in_a_group_counts_for_nothing():
    rule = joined("all", waits("go", "yes"), group("any", waits("go", "no"), waits("go", "rather-not")))
    assert rule_error(GO, why(show_if=rule))[0] == 1
    children = QuestionStreamBlock().to_python(
        [GO, why(show_if=joined("all", waits("go", "yes"), group("any", waits(""))))]
    )
    assert condition_validation.find_condition_error(children) is None


def test_too_many_to_check_is_said_and_not_let_through():
    many = asked("many", "Which?", "multiple", choices=[f"c{n}" for n in range(16)])
    rule = joined("all", waits("many", *(f"c{n}" for n in range(16)), how="all_of"))
    assert "we cannot check whether anyone gets here" in said_on_top(rule_error(many, why(show_if=rule))[1])


def test_more_rules_than_a_phone_can_follow():
    many = asked("many", "Which?", "multiple", choices=[f"c{n}" for n in range(90)])
    blocks = [asked(f"q{n}", "And?", "faces", show_if=when("many", f"c{n}")) for n in range(90)]
    with pytest.raises(ValidationError) as caught:
        cleaned(many, *blocks)
    assert said_on_top(caught.value) == condition_validation.TOO_MANY


def test_rules_that_rest_on_each_other_too_many_times():
    blocks, before = [GO, AREA], "go"
    for n in range(16):
        rule = joined("any", waits(before, "yes"), waits("part", "north"))
        blocks.append(asked(f"q{n}", "And?", choices=["Yes", "No"], show_if=rule))
        before = f"q{n}"
    assert cleaned(*blocks[:10])
    with pytest.raises(ValidationError) as caught:
        cleaned(*blocks)
    assert said_on_top(caught.value) == condition_validation.TOO_DEEP


def test_help_for_what_people_write():
    entry = {"any_of": ["rather-not"], "text": "You can call.", "entries": []}
    text = asked("say", "Say more.", "long_text", max_length=500, help_by_answer=[raw(entry)])
    with pytest.raises(ValidationError) as caught:
        cleaned(text)
    error = caught.value.block_errors[0].block_errors["help_by_answer"]
    assert said_on_top(error) == condition_validation.TYPED_HELP
