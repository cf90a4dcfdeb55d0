"""Validation that some answers lead to each question and make each condition true."""

from consultation.surveys import rule_formulas
from consultation.surveys.block_errors import build_conditions_error, build_struct_error
from consultation.surveys.condition_blocks import build_child_rule
from consultation.surveys.reachability import ReachabilitySearch, ReachabilityUndecided
from consultation.surveys.routing_rules import (
    FormulaLogic,
    evaluate_rule,
    evaluate_visibility,
    find_enclosing_parts,
    list_conditions,
)
from consultation.surveys.type_registry import type_of

NEVER = "No answers make this true. Change it, or remove it."
NO_ANSWERS = "No answers lead to this {thing}: its conditions rule each other out. Change one, or remove one."
RULED_OUT = (
    "No answers lead to this {thing}: its conditions rule out those of “{part}”, the part that it is in. "
    "Change one, or remove one."
)
CANNOT_TELL = (
    "These conditions rest on so many answers that we cannot check whether anyone gets here. "
    "Use fewer conditions, or let this {thing} wait for fewer questions."
)


class ReachabilityValidator:
    """Call `find_errors` for each item in order: one that depends on an unreachable question gets no error of its own."""

    def __init__(self, children, items):
        self.values = {item["id"]: child.value for child, item in zip(children, items, strict=True)}
        self.items = {item["id"]: item for item in items}
        self.reach = ReachabilitySearch(items)
        self.shown = evaluate_visibility(items, FormulaLogic())
        self.parts = find_enclosing_parts(items)
        self.lost = set()

    def find_errors(self, item):
        """{"show_if": error of the item's conditions}; empty if some answers lead to it."""
        try:
            error = self._find_error(item)
        except ReachabilityUndecided:
            error = build_struct_error(CANNOT_TELL.format(thing=_name_item_kind(item)))
        return {"show_if": error} if error else {}

    def _find_error(self, item):
        show_if = self.values[item["id"]]["show_if"]
        never = build_conditions_error(
            show_if, lambda inner: self._find_false_condition(item, build_child_rule(inner))
        )
        if self.reach.is_possible(self.shown[item["id"]]):
            return never
        self.lost.add(item["id"])
        if never or self._rests_on_lost(item, item["show_if"]):
            return never
        thing = _name_item_kind(item)
        if self.reach.is_possible(self._evaluate_rule(item["show_if"])):
            part = self.values[self.parts[item["id"]]["id"]].get("text", "")
            return build_struct_error(RULED_OUT.format(thing=thing, part=part))
        return build_struct_error(NO_ANSWERS.format(thing=thing))

    def _rests_on_lost(self, item, rule):
        part = self.parts[item["id"]]
        asked = {condition["question"] for condition in list_conditions(rule)}
        return bool(asked & self.lost) or bool(part and part["id"] in self.lost)

    def _find_false_condition(self, item, rule):
        """The error of a condition that no answers make true at this item."""
        if rule is None or self._rests_on_lost(item, rule):
            return None
        part = self.parts[item["id"]]
        around = self.shown[part["id"]] if part else rule_formulas.TRUE
        there = rule_formulas.join_all([around, self._evaluate_rule(rule)])
        return None if self.reach.is_possible(there) else build_struct_error(NEVER)

    def _evaluate_rule(self, rule):
        return evaluate_rule(rule, self.items, self.shown, FormulaLogic())


def _name_item_kind(item):
    return "question" if type_of(item).is_question else "part"
