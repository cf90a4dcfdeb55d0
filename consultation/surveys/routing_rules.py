"""Routing rules: who is shown which item. The server evaluates them to true or false, the browser's CSS as selectors.

RULE = CONDITION | {"all": [RULE, ...]} | {"any": [RULE, ...]}
CONDITION = {"question": ITEM id, "any_of": [ID, ...]}      one of these is chosen (of a grid: in any row)
            {"question": ITEM id, "none_of": [ID, ...]}     none of these is chosen; nothing may be chosen at all
            {"question": ITEM id, "all_of": [ID, ...]}      all of these are chosen
ID = option id | "dont-know" | "rather-not"

- A condition holds only if its question is shown itself and comes earlier.
- A section with a level is a part: it governs the items after it, until the next section of its level or a lower one.
- An item is shown when its own rule holds, and the rules of the parts that it is in.
"""

from itertools import groupby

from consultation.surveys import rule_formulas
from consultation.surveys.questionnaire_schema import (
    ALSO,
    base_question_id,
    can_choose_several,
    find_option_key,
    list_chosen_keys,
    list_option_keys,
)
from consultation.surveys.type_registry import type_of

KINDS = ("any_of", "none_of", "all_of")
OTHER_WORDS_KEY = "words"  # pseudo-key of the text beside an "other" option, which selects it


class TruthLogic:
    """Evaluates rules for one person's closed answers, to True or False."""

    all_of, any_of = staticmethod(all), staticmethod(any)

    def __init__(self, closed):
        self.closed = closed

    def has(self, item, keys):
        return not keys.isdisjoint(list_chosen_keys(item, self.closed))

    def no(self, value):
        return not value


class FormulaLogic:
    """Evaluates rules for unknown answers, to formulas over atoms (item id, keys): "one of the keys is ticked"."""

    all_of, any_of, no = (
        staticmethod(rule_formulas.join_all),
        staticmethod(rule_formulas.join_any),
        staticmethod(rule_formulas.negate_formula),
    )

    def has(self, item, keys):
        return rule_formulas.build_atom((item["id"], frozenset(keys))) if keys else rule_formulas.FALSE


# Limits of what a phone can evaluate and of the address of a stylesheet: see channels/web/branching_css.py.
MOST_RULES = 60
MOST_ATOMS = 480
MOST_DEPTH = 24


def list_shown_items(questionnaire, closed):
    shown = evaluate_visibility(questionnaire.items, TruthLogic(closed))
    return [item for item in questionnaire.items if shown[item["id"]]]


def keep_shown_answers(questionnaire, closed, texts):
    """(closed, texts) without answers to hidden questions and without equality answers."""
    return keep_answers_to(list_shown_items(questionnaire, closed), closed, texts)


def keep_answers_to(items, closed, texts):
    """(closed, texts) without answers to other items and without equality answers."""
    keys, ids = {item["key"] for item in items if not item.get("apart")}, {item["id"] for item in items}
    return (
        {key: value for key, value in closed.items() if key in keys},
        {question: said for question, said in texts.items() if base_question_id(question) in ids},
    )


def evaluate_visibility(items, logic):
    """{item id: whether it is shown}, as values of `logic` (TruthLogic or FormulaLogic)."""
    earlier, shown = {}, {}
    within = {0: logic.all_of([])}  # {level: whether the current part of this level is shown}
    for item in items:
        level = part_level(item)
        if level:
            within = {one: value for one, value in within.items() if one < level}
        around = within[max(within)]
        shown[item["id"]] = logic.all_of([around, evaluate_rule(item.get("show_if"), earlier, shown, logic)])
        if level:
            within[level] = shown[item["id"]] if is_part_heading(item) else around
        earlier[item["id"]] = item
    return shown


def list_conditions(rule):
    """All conditions of a rule, nested ones included."""
    joined = (rule or {}).get("all") or (rule or {}).get("any")
    if joined:
        return [condition for one in joined for condition in list_conditions(one)]
    return [rule] if rule and "question" in rule else []


def find_enclosing_parts(items):
    """{item id: the section item of its innermost part, or None}."""
    within, found = {0: None}, {}
    for item in items:
        level = part_level(item)
        if level:
            within = {one: heading for one, heading in within.items() if one < level}
        found[item["id"]] = within[max(within)]
        if level:
            within[level] = item
    return found


def list_distinct_rules(items):
    """The distinct formulas that the stylesheet needs: of conditional items and of help texts."""
    shown = evaluate_visibility(items, FormulaLogic()).values()
    helped = [formula for item in items for formula in build_help_formulas(item)]
    return [one for one in dict.fromkeys([*shown, *helped]) if one not in (rule_formulas.TRUE, rule_formulas.FALSE)]


def build_help_formulas(item):
    """For each help text of an item, the formula over its own answers that opens it. Typed answers open none."""
    return [
        _evaluate_choice(item, _resolve_option_keys(item, entry["any_of"]), FormulaLogic())
        if type_of(item).has_choices
        else rule_formulas.FALSE
        for entry in item.get("help") or ()
    ]


def _resolve_option_keys(item, option_ids):
    return {find_option_key(item, option_id) for option_id in option_ids} - {None}


def are_too_deep(rules):
    return any(rule_formulas.nesting_depth(rule) > MOST_DEPTH for rule in rules)


def are_too_many(rules):
    return len(rules) > MOST_RULES or sum(map(rule_formulas.count_atoms, rules)) > MOST_ATOMS


def part_level(item):
    """1 or 2 for the heading of a part, 0 for everything else."""
    return 0 if type_of(item).is_question else item.get("level") or 1


def is_part_heading(item):
    """Whether a section governs a part. Old versions have sections without a level, which are plain texts."""
    return bool(item.get("level"))


def evaluate_rule(rule, earlier, shown, logic):
    """The value of a rule. `earlier`: {id: item} of the earlier items; `shown`: {id: their visibility}."""
    if not rule:
        return logic.all_of([])
    for name, join in (("all", logic.all_of), ("any", logic.any_of)):
        if name in rule:
            return join([evaluate_rule(one, earlier, shown, logic) for one in rule[name]] or [logic.all_of([])])
    asked = earlier.get(rule["question"])
    if asked is None or not can_be_condition(asked):
        return logic.any_of([])
    kind = next(kind for kind in KINDS if kind in rule)
    # Removed choices cannot be chosen: "any of" and "none of" ignore them, and "all of" never holds.
    if kind == "all_of":
        each = [_evaluate_choice(asked, _resolve_option_keys(asked, [option_id]), logic) for option_id in rule[kind]]
        return logic.all_of([shown[asked["id"]], *(each or [logic.any_of([])])])
    chosen = _evaluate_choice(asked, _resolve_option_keys(asked, rule[kind]), logic)
    return logic.all_of([shown[asked["id"]], logic.no(chosen) if kind == "none_of" else chosen])


def can_be_condition(item):
    """Whether rules may depend on this item: not on typed answers, nor on equality monitoring."""
    return type_of(item).has_choices and not item.get("apart")


def _evaluate_choice(asked, keys, logic):
    """Whether one of the keys is chosen, also where the form's controls contradict one another."""
    if can_choose_several(asked):
        return _evaluate_multiple_choice(asked, keys, logic)
    chosen = logic.has(asked, keys)
    if find_other_key(asked) not in keys:
        return chosen
    # Text beside "other" selects it if nothing else is chosen.
    nothing = logic.no(logic.has(asked, list_option_keys(asked)))
    return logic.any_of([chosen, logic.all_of([logic.has(asked, {OTHER_WORDS_KEY}), nothing])])


def _evaluate_multiple_choice(asked, keys, logic):
    """Without a script, an exclusive option ("none of these") can be ticked beside others: it then gives way to
    ordinary options, and to an exclusive one offered before it. Text beside "other" ticks that option."""
    alone, other = list_exclusive_keys(asked), find_other_key(asked)
    before = list_option_keys(asked) - set(alone)

    def ticked(some):
        return logic.any_of([logic.has(asked, some), logic.has(asked, {OTHER_WORDS_KEY} if other in some else set())])

    ways = [ticked(keys & before)]
    for inside, run in groupby(alone, keys.__contains__):
        run = set(run)
        if inside:
            ways.append(logic.all_of([ticked(run), logic.no(ticked(before))]))
        before = before | run
    return logic.any_of(ways)


def find_other_key(item):
    """The key of the "other" option; None if there is none."""
    return next((option["key"] for option in item["options"] if option.get("other") and not item.get("apart")), None)


def list_exclusive_keys(item):
    """The keys of the exclusive options, in order, those for non-response last."""
    own = [option["key"] for option in item["options"] if option.get("exclusive")]
    return own + [ALSO[name] for name in item["also"]]
