"""Printed routing instructions say the same as the rules."""

import itertools

import pytest
from django.utils.html import strip_tags

from consultation.channels.paper import paper_routing
from consultation.channels.paper.paper_sheet import make_paper_sheet
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.routing_rules import list_shown_items
from tests import factories
from tests.consultation.channels.paper import asked


def block(content, key, language="en"):
    return next(one for one in make_paper_sheet(content, language).blocks if one["key"] == key)


def lines(only):
    """[text, [inner ...]] without markup."""
    return [strip_tags(only["text"]), *[lines(clause) for clause in only["clauses"]]] if only else None


def yes_then(*items):
    first = factories.question("a", "single", ["Yes", "No", "Maybe"], also=[])
    return factories.content(first, *items)


FOLLOWS = {"question": "q-a", "any_of": ["a-1"]}


def test_jump_over_one_question():
    content = yes_then(factories.question("b", show_if=FOLLOWS), factories.question("c"))
    assert block(content, "a")["jumps"] == ["If you ticked one of these, go to question 3: “No”, “Maybe”."]
    assert lines(block(content, "b")["only"]) == ["Answer this only if you ticked “Yes” in question 1."]
    assert block(content, "c")["only"] is None


def test_jump_for_one_choice_names_it():
    content = yes_then(
        factories.question("b", show_if={"question": "q-a", "none_of": ["a-2"]}), factories.question("c")
    )
    assert block(content, "a")["jumps"] == ["If you ticked “No”, go to question 3."]
    assert lines(block(content, "b")["only"]) == ["Answer this only if you ticked none of these in question 1: “No”."]


def test_jump_to_the_end():
    content = yes_then(factories.question("b", show_if=FOLLOWS))
    assert block(content, "a")["jumps"] == ["If you ticked one of these, go to the end: “No”, “Maybe”."]


def test_jump_over_a_part_with_its_questions():
    part = factories.question("b", "section", level=1, also=[], show_if=FOLLOWS)
    after = factories.question("d", "section", level=1, also=[])
    content = yes_then(part, factories.question("c"), factories.question("x"), after, factories.question("e"))
    assert block(content, "a")["jumps"] == ["If you ticked one of these, go to question 4: “No”, “Maybe”."]
    assert block(content, "b")["only"]["otherwise"] == "If not, go to question 4."


def test_no_jump_where_what_follows_rests_on_something_else():
    content = asked.content()
    content["items"][4]["show_if"] = {"any": [FOLLOWS | {"question": "q-d", "any_of": ["yes"]}, FOLLOWS]}
    assert block(content, "d")["jumps"] == []


def test_complex_rule_is_a_list_that_says_the_same():
    only = block(asked.content(), "g")["only"]
    assert lines(only) == [
        "Answer this only if one of these is true:",
        ["You ticked one of these in question 1: “Parks”, “Town”."],
        [
            "All of these are true:",
            ["You ticked none of these in question 3: “No”."],
            ["You ticked “Bus stops” in question 1."],
        ],
    ]


def test_negation_of_a_question_that_not_all_were_asked_says_so():
    content = yes_then(
        factories.question("b", "single", ["One", "Two"], show_if=FOLLOWS, also=[]),
        factories.question("c", show_if={"question": "q-b", "none_of": ["b-1"]}),
    )
    assert lines(block(content, "c")["only"]) == [
        "Answer this only if all of these are true:",
        ["Question 2 is for you."],
        ["You ticked none of these in question 2: “One”."],
    ]


def test_words_of_another_language_stand_in_its_quotation():
    content = asked.content()
    assert "“Parki”" in lines(block(content, "g", "pl")["only"])[1][0]


def test_question_that_nobody_reaches_is_not_printed():
    content = yes_then(factories.question("b", show_if={"question": "gone", "any_of": ["x"]}))
    assert [item["key"] for item in paper_routing.list_reachable_items(content)] == ["a"]


@pytest.mark.parametrize("chosen", ["1", "2", "3"])
def test_jumps_lead_where_the_rule_leads(chosen):
    """Whoever follows the jumps comes to the question that the server shows next."""
    followed = 0
    for first, second in itertools.product(("a-1", "a-2", "a-3"), repeat=2):
        content = yes_then(
            factories.question("b", show_if={"question": "q-a", "any_of": [first]}),
            factories.question("c", show_if={"question": "q-a", "none_of": [second]}),
            factories.question("d"),
        )
        items = paper_routing.list_reachable_items(content)
        jumps = {key: target for target, keys in paper_routing.list_jumps(items[0], items) for key in keys}
        if jumps:
            shown = list_shown_items(Questionnaire(content), {"a": chosen})[1]
            assert jumps.get(chosen, items[1])["key"] == shown["key"]
            followed += 1
    assert followed == 9
