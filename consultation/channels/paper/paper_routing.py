"""Routing instructions for paper: everyone sees every question, so the form says in words which ones apply.

"If you ticked A, go to question 7" appears under a question whose answer alone decides the next one. Every question
and part with a rule also says "Answer this only if ...", which covers the rules that a jump cannot express.
"""

from dataclasses import dataclass

from consultation.surveys.questionnaire_schema import ALSO, list_option_keys
from consultation.surveys.routing_rules import (
    FormulaLogic,
    TruthLogic,
    evaluate_rule,
    evaluate_visibility,
    is_part_heading,
    list_conditions,
    part_level,
)
from consultation.surveys.rule_formulas import FALSE
from consultation.surveys.type_registry import type_of

MOST_JUMPS = 2  # different targets under one question; more would confuse
CONDITION_KINDS = ("any_of", "none_of", "all_of")


@dataclass(frozen=True)
class RoutingClause:
    """One condition. `kind`: one of KINDS or "asked"; `asked`: the question it is about; `options`: option ids."""

    kind: str
    asked: dict
    options: tuple


@dataclass(frozen=True)
class RoutingGroup:
    """Clauses of which all (`every`), or one, must be true."""

    every: bool
    clauses: tuple


def list_reachable_items(content):
    """The items that some combination of answers shows, in the order of the questionnaire."""
    shown = evaluate_visibility(content["items"], FormulaLogic())
    return [item for item in content["items"] if shown[item["id"]] != FALSE]


def routing_clauses_of(item, items):
    """A Clause, a Group, or None for an item that everyone answers."""
    if not item.get("show_if") or not (type_of(item).is_question or is_part_heading(item)):
        return None
    return _build_routing(item["show_if"], {one["id"]: one for one in items})


def _build_routing(rule, asked):
    for name in ("all", "any"):
        if name in rule:
            inner = [one for one in (_build_routing(each, asked) for each in rule[name]) if one]
            return inner[0] if len(inner) == 1 else RoutingGroup(name == "all", tuple(inner)) if inner else None
    question = asked.get(rule["question"])
    if question is None:
        return None
    kind = next(kind for kind in CONDITION_KINDS if kind in rule)
    # Removed options are left out: nobody can tick them.
    known = {option["id"] for option in question["options"]} | set(ALSO)
    clause = RoutingClause(kind, question, tuple(option for option in rule[kind] if option in known))
    if not clause.options:
        return None
    if kind == "none_of" and question.get("show_if"):  # the person must have answered the conditional question
        return RoutingGroup(True, (RoutingClause("asked", question, ()), clause))
    return clause


def first_question_after_part(heading, items):
    """The first question after a part; None at the end of the form."""
    rest = items[items.index(heading) + 1 :]
    levels = range(1, part_level(heading) + 1)
    place = next((place for place, one in enumerate(rest) if part_level(one) in levels), len(rest))
    return _find_first_question(rest[place:])


def _find_first_question(items):
    return next((one for one in items if type_of(one).is_question), None)


def list_jumps(item, items):
    """[(target item or None for the end, [option key, ...])]: the options that skip the next question, by target."""
    if not type_of(item).is_one_choice(item):
        return []
    after = _list_governed_items(item, items)
    if not after:
        return []
    following = _find_first_question(after)
    found = {}
    keys = list_option_keys(item)
    own = [option["key"] for option in item["options"]]
    for key in [*own, *(key for key in ALSO.values() if key in keys and key not in own)]:
        target = _find_next_question(item, key, after, items)
        if target is not following:
            found.setdefault(target["id"] if target else None, (target, []))[1].append(key)
    return list(found.values()) if len(found) <= MOST_JUMPS else []


def _list_governed_items(item, items):
    """The following items that depend on this question's answer alone, up to the first that does not."""
    run = []
    for one in items[items.index(item) + 1 :]:
        named = {condition["question"] for condition in list_conditions(one.get("show_if"))}
        if named != {item["id"]} and (named or _find_governing_heading(run, one) is None):
            break
        run.append(one)
    return run if _find_first_question(run) else []


def _find_governing_heading(run, one):
    """The governing heading in `run` whose part contains `one`."""
    parts = [part for part in run if part_level(part) and is_part_heading(part)]
    if level := part_level(one):
        parts = [part for part in parts if part["level"] < level]
    return parts[-1] if parts else None


def _find_next_question(item, key, after, items):
    truth, shown = TruthLogic({item["key"]: [key] if item.get("several") else key}), {}
    for place, one in enumerate(after):
        part = _find_governing_heading(after[:place], one)
        own = evaluate_rule(one.get("show_if"), {item["id"]: item}, {item["id"]: True}, truth)
        shown[one["id"]] = own and (part is None or shown[part["id"]])
        if shown[one["id"]] and type_of(one).is_question:
            return one
    return _find_first_question(items[items.index(after[-1]) + 1 :])
