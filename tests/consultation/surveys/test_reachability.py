"""The search for answers that lead to a question agrees with exhaustive trial, and reports when it gives up."""

import random
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultation.surveys import reachability, rule_formulas
from consultation.surveys.questionnaire_schema import Questionnaire, can_choose_several, list_option_keys
from consultation.surveys.routing_rules import (
    FormulaLogic,
    can_be_condition,
    evaluate_visibility,
    list_exclusive_keys,
    list_shown_items,
)
from tests.consultation.channels.web import surveys
from tests.factories import content, question

MOST_TRIES = 5_000


def answers(item):
    """Every closed answer that someone can give; None for none."""
    if not can_be_condition(item):
        return [None]
    keys = sorted(list_option_keys(item))
    if item["type"] == "grid":
        rows = [row["key"] for row in item["rows"]]
        filled = product([None, *keys], repeat=len(rows))
        return [{row: key for row, key in zip(rows, one, strict=True) if key} for one in filled]
    if not can_choose_several(item):
        return [None, *keys]
    alone = list_exclusive_keys(item)
    together = [key for key in keys if key not in alone]
    sets = [list(one) for size in range(reachability.max_choices(item) + 1) for one in combinations(together, size)]
    return sets + [[key] for key in alone]


def reached(made):
    """{item id} that some answers lead to, by trying all of them."""
    items, found = made["items"], set()
    for tried in product(*map(answers, items)):
        closed = {item["key"]: value for item, value in zip(items, tried, strict=True) if value}
        found |= {item["id"] for item in list_shown_items(Questionnaire(made), closed)}
    return found


@pytest.mark.slow
@settings(max_examples=300)
@given(st.integers(0, 2**40))
def test_the_search_finds_what_trying_everything_finds(seed):
    made = surveys.survey(random.Random(seed), most=5)
    assume(prod(len(answers(item)) for item in made["items"]) <= MOST_TRIES)
    search = reachability.ReachabilitySearch(made["items"])
    shown = evaluate_visibility(made["items"], FormulaLogic())
    assert {id_ for id_, formula in shown.items() if search.is_possible(formula)} == reached(made)


@settings(max_examples=200)
@given(st.integers(0, 2**40))
def test_random_questionnaires_are_decided_within_the_bound(seed):
    made = surveys.survey(random.Random(seed), most=25)
    search = reachability.ReachabilitySearch(made["items"])
    for formula in evaluate_visibility(made["items"], FormulaLogic()).values():
        assert search.is_possible(formula) in (True, False)


@pytest.mark.slow
def test_what_takes_too_long_is_not_decided():
    """Twenty questions with twenty answers each, of which no two may share one, though there are but nineteen."""
    asked = [question(f"x{n}", "single", [str(n) for n in range(20)]) for n in range(20)]
    keys = [str(n) for n in range(1, 20)]

    def has(item, key):
        return rule_formulas.build_atom((item["id"], frozenset({key})))

    each = [rule_formulas.join_any([has(item, key) for key in keys]) for item in asked]
    apart = [
        rule_formulas.negate_formula(rule_formulas.join_all([has(one, key), has(other, key)]))
        for one, other in combinations(asked, 2)
        for key in keys
    ]
    with pytest.raises(reachability.ReachabilityUndecided):
        reachability.ReachabilitySearch(asked).is_possible(rule_formulas.join_all([*each, *apart]))


def test_too_many_ways_to_answer_are_not_decided():
    many = question("a", "multiple", [str(n) for n in range(16)])
    each = [rule_formulas.build_atom((many["id"], frozenset({str(n)}))) for n in range(1, 17)]
    with pytest.raises(reachability.ReachabilityUndecided):
        reachability.ReachabilitySearch([many]).is_possible(rule_formulas.join_all(each))


def test_a_part_without_answers_hides_what_is_in_it():
    never = {"all": [{"question": "q-a", "any_of": ["a-1"]}, {"question": "q-a", "any_of": ["a-2"]}]}
    made = content(
        question("a", "single", ["One", "Two"]),
        question("b", "section", also=[], level=1, show_if=never),
        question("c", "single", ["One", "Two"]),
    )
    assert reached(made) == {"q-a"}
