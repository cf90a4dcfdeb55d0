"""Routing rules against a plain reference, and formulas that stay equivalent when simplified."""

import random
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.surveys import routing_rules, rule_formulas
from consultation.surveys.condition_blocks import RuleBlock, build_rule, build_rule_value
from consultation.surveys.questionnaire_schema import DK, NA, Questionnaire, find_option_key, list_chosen_keys
from consultation.surveys.type_registry import all_types, type_of
from tests.consultation.channels.web import surveys

LISTS = ("TYPED", "SEVERAL")
SCRIPT = Path(routing_rules.__file__).parents[1] / "static" / "surveys" / "conditions.js"
SEEDS = st.integers(0, 2**40)


def word_for_word(items, closed):
    """The ids of what is shown, as the docstring of rules.py says it, item by item and looking back for its parts."""
    shown = []

    def holds(rule, before):
        if not rule:
            return True
        if "all" in rule or "any" in rule:
            return (all if "all" in rule else any)(holds(one, before) for one in rule.get("all") or rule["any"])
        asked = next((item for item in before if item["id"] == rule["question"]), None)
        if asked is None or asked["id"] not in shown or not type_of(asked).has_choices:
            return False
        ((kind, wanted),) = ((kind, ids) for kind, ids in rule.items() if kind != "question")
        met = [find_option_key(asked, id_) in list_chosen_keys(asked, closed) for id_ in wanted]
        return {"any_of": any(met), "none_of": not any(met), "all_of": all(met)}[kind]

    for place, item in enumerate(items):
        parts = parts_of(items[:place], routing_rules.part_level(item) or 3)
        if all(holds(one.get("show_if"), items[: items.index(one)]) for one in [*parts, item]):
            shown.append(item["id"])
    return shown


def parts_of(before, level):
    """The headings of the parts that something of this level is in, from the innermost to the outermost."""
    found = []
    for item in reversed(before):
        if 0 < routing_rules.part_level(item) < level:
            level = routing_rules.part_level(item)
            found += [item] if item["level"] else []
    return found


def some_answers(chance, items):
    closed = {}
    for item in items:
        keys = [option["key"] for option in item["options"]] + [DK, NA]
        if chance.random() < 0.3 or not type_of(item).has_choices:
            continue
        if item["type"] == "grid":
            closed[item["key"]] = {row["key"]: chance.choice(keys) for row in item["rows"]}
        elif item["type"] in ("multiple", "ranking") or item.get("several"):
            together = [
                key for key in keys if key not in routing_rules.list_exclusive_keys(item) and key not in (DK, NA)
            ]
            closed[item["key"]] = chance.sample(together, min(2, len(together))) or [NA]
        else:
            closed[item["key"]] = chance.choice(keys)
    return closed


@pytest.mark.slow
@settings(max_examples=1500)
@given(SEEDS)
def test_what_is_shown_is_what_the_rule_says(seed):
    chance = random.Random(seed)
    made = surveys.survey(chance, most=10)
    closed = some_answers(chance, made["items"])
    shown = routing_rules.list_shown_items(Questionnaire(made), closed)
    assert [item["id"] for item in shown] == word_for_word(made["items"], closed)


def plain(chance, deepest=4):
    """A formula written down as it comes: nothing is simplified."""
    kind = chance.choice(["has", "no", "all", "any"]) if deepest else "has"
    if kind == "has":
        return kind, chance.choice("abcd")
    if kind == "no":
        return kind, plain(chance, deepest - 1)
    return kind, [plain(chance, deepest - 1) for _ in range(chance.randint(0, 3))]


def made_of(formula):
    kind, inner = formula
    if kind == "has":
        return rule_formulas.build_atom(inner)
    if kind == "no":
        return rule_formulas.negate_formula(made_of(inner))
    return (rule_formulas.join_all if kind == "all" else rule_formulas.join_any)(map(made_of, inner))


def true(formula, atoms):
    kind, inner = formula
    if kind == "has":
        return inner in atoms
    if kind == "no":
        return not true(inner, atoms)
    return (all if kind == "all" else any)(true(one, atoms) for one in inner)


@settings(max_examples=500)
@given(SEEDS, SEEDS)
def test_a_formula_stays_true_when_it_is_made_smaller(seed, other):
    written, second = plain(random.Random(seed)), made_of(plain(random.Random(other)))
    small = made_of(written)
    for values in product([True, False], repeat=4):
        atoms = {atom for atom, value in zip("abcd", values, strict=True) if value}
        assert true(small, atoms) == true(written, atoms)
        if rule_formulas.is_implied_by(second, from_=small):
            assert true(second, atoms) or not true(small, atoms)
        swapped = rule_formulas.substitute_atoms(
            small, lambda atom, atoms=atoms: rule_formulas.TRUE if atom in atoms else rule_formulas.FALSE
        )
        assert swapped == (rule_formulas.TRUE if true(written, atoms) else rule_formulas.FALSE)


GO = {"question": "go", "any_of": ["yes"]}
NOT = {"question": "who", "none_of": ["me"]}
BOTH = {"question": "who", "all_of": ["me", "them"]}


@pytest.mark.parametrize(
    "rule", [None, GO, NOT, {"any": [GO, NOT]}, {"all": [GO, BOTH]}, {"any": [NOT, {"all": [GO, BOTH]}]}]
)
def test_a_written_rule_comes_back_from_its_block(rule):
    assert build_rule(RuleBlock().to_python(build_rule_value(rule))) == rule


def test_any_row_of_a_grid_is_any_of_it():
    rule = {"question": "places", "any_row_in": ["bad"]}
    assert build_rule(RuleBlock().to_python(build_rule_value(rule))) == {"question": "places", "any_of": ["bad"]}


def test_a_list_of_conditions_from_before_there_were_joins_is_any_of_them():
    old = [{"type": "item", "id": "w", "value": {"question": "go", "any_of": ["yes"]}}]
    assert build_rule(RuleBlock().to_python(old)) == GO
    assert build_rule(RuleBlock().normalize([])) is None


def test_the_editor_offers_what_the_rule_knows():
    """The script of the editor has lists of its own: they say the same."""
    script = SCRIPT.read_text(encoding="utf-8")
    typed, several = (set(re.findall(r"\w+", re.search(rf"const {name} = \[(.*?)\]", script)[1])) for name in LISTS)
    assert typed == {one.name for one in all_types() if not one.has_choices}
    assert several == {one.name for one in all_types() if one.has_rows or one.can_choose_several({})}
    assert all(f'"{kind}"' in script for kind in routing_rules.KINDS)


def test_the_limits_of_a_survey_s_conditions_are_exact():
    one = rule_formulas.build_atom("a")
    assert not routing_rules.are_too_many([one] * 60) and routing_rules.are_too_many([one] * 61)
    wide = ("any", frozenset(rule_formulas.build_atom(str(number)) for number in range(480)))
    assert not routing_rules.are_too_many([wide]) and routing_rules.are_too_many([wide, one])
    deep = one
    for _ in range(24):
        deep = ("no", deep)
    assert not routing_rules.are_too_deep([deep]) and routing_rules.are_too_deep([one, ("no", deep)])
