"""Whether any answers lead to a question: the search agrees with trying everything, and says so when it gives up."""

import random
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultation.questionnaires import formulas, reach
from consultation.questionnaires.rules import Formulas, alone_keys, can_be_waited_for, shown_by, shown_items
from consultation.questionnaires.schema import Questionnaire, option_keys, takes_several
from tests.consultation.answering import surveys
from tests.factories import content, question

MOST_TRIES = 5_000


def answers(item):
    """Every closed answer that someone can give; None for none."""
    if not can_be_waited_for(item):
        return [None]
    keys = sorted(option_keys(item))
    if item["type"] == "grid":
        rows = [row["key"] for row in item["rows"]]
        filled = product([None, *keys], repeat=len(rows))
        return [{row: key for row, key in zip(rows, one, strict=True) if key} for one in filled]
    if not takes_several(item):
        return [None, *keys]
    alone = alone_keys(item)
    together = [key for key in keys if key not in alone]
    sets = [list(one) for size in range(reach.most(item) + 1) for one in combinations(together, size)]
    return sets + [[key] for key in alone]


def reached(made):
    """{item id} that some answers lead to, by trying all of them."""
    items, found = made["items"], set()
    for tried in product(*map(answers, items)):
        closed = {item["key"]: value for item, value in zip(items, tried, strict=True) if value}
        found |= {item["id"] for item in shown_items(Questionnaire(made), closed)}
    return found


@settings(max_examples=300)
@given(st.integers(0, 2**40))
def test_the_search_finds_what_trying_everything_finds(seed):
    made = surveys.survey(random.Random(seed), most=5)
    assume(prod(len(answers(item)) for item in made["items"]) <= MOST_TRIES)
    search = reach.Reach(made["items"])
    shown = shown_by(made["items"], Formulas())
    assert {id_ for id_, formula in shown.items() if search.possible(formula)} == reached(made)


@settings(max_examples=200)
@given(st.integers(0, 2**40))
def test_random_questionnaires_are_decided_within_the_bound(seed):
    made = surveys.survey(random.Random(seed), most=25)
    search = reach.Reach(made["items"])
    for formula in shown_by(made["items"], Formulas()).values():
        assert search.possible(formula) in (True, False)


def test_what_takes_too_long_is_not_decided():
    """Twenty questions with twenty answers each, of which no two may share one, though there are but nineteen."""
    asked = [question(f"x{n}", "single", [str(n) for n in range(20)]) for n in range(20)]
    keys = [str(n) for n in range(1, 20)]

    def has(item, key):
        return formulas.has((item["id"], frozenset({key})))

    each = [formulas.any_of([has(item, key) for key in keys]) for item in asked]
    apart = [
        formulas.no(formulas.all_of([has(one, key), has(other, key)]))
        for one, other in combinations(asked, 2)
        for key in keys
    ]
    with pytest.raises(reach.CannotTell):
        reach.Reach(asked).possible(formulas.all_of([*each, *apart]))


def test_too_many_ways_to_answer_are_not_decided():
    many = question("a", "multiple", [str(n) for n in range(16)])
    each = [formulas.has((many["id"], frozenset({str(n)}))) for n in range(1, 17)]
    with pytest.raises(reach.CannotTell):
        reach.Reach([many]).possible(formulas.all_of(each))


def test_a_part_without_answers_hides_what_is_in_it():
    never = {"all": [{"question": "q-a", "any_of": ["a-1"]}, {"question": "q-a", "any_of": ["a-2"]}]}
    made = content(
        question("a", "single", ["One", "Two"]),
        question("b", "section", also=[], level=1, show_if=never),
        question("c", "single", ["One", "Two"]),
    )
    assert reached(made) == {"q-a"}
