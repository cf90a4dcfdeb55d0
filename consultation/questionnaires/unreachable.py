"""Validation that some answers lead to each question and make each condition true."""

from consultation.questionnaires import formulas
from consultation.questionnaires.block_errors import at_conditions, on_top
from consultation.questionnaires.condition_blocks import one_rule
from consultation.questionnaires.reach import CannotTell, Reach
from consultation.questionnaires.rules import Formulas, conditions_in, parts_around, rule_value, shown_by

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


class Unreachable:
    """Call `errors` for each item in order: an item that depends on an unreachable question gets no error of its own."""

    def __init__(self, children, items):
        self.rules = {item["id"]: child.value["show_if"] for child, item in zip(children, items, strict=True)}
        self.texts = {item["id"]: child.value.get("text", "") for child, item in zip(children, items, strict=True)}
        self.items = {item["id"]: item for item in items}
        self.reach = Reach(items)
        self.shown = shown_by(items, Formulas())
        self.parts = parts_around(items)
        self.lost = set()

    def errors(self, item):
        """{"show_if": error of the item's conditions}; empty if some answers lead to it."""
        try:
            error = self._error(item)
        except CannotTell:
            error = on_top(CANNOT_TELL.format(thing=_thing(item)))
        return {"show_if": error} if error else {}

    def _error(self, item):
        never = at_conditions(self.rules[item["id"]], lambda inner: self._never(item, one_rule(inner)))
        if self.reach.possible(self.shown[item["id"]]):
            return never
        self.lost.add(item["id"])
        if never or self._rests_on_lost(item, item["show_if"]):
            return never
        return on_top(self._why(item))

    def _rests_on_lost(self, item, rule):
        part = self.parts[item["id"]]
        asked = {condition["question"] for condition in conditions_in(rule)}
        return bool(asked & self.lost) or bool(part and part["id"] in self.lost)

    def _never(self, item, rule):
        """The error of a condition that no answers make true at this item."""
        if rule is None or self._rests_on_lost(item, rule):
            return None
        there = formulas.all_of([self._around(item), self._value(rule)])
        return None if self.reach.possible(there) else on_top(NEVER)

    def _around(self, item):
        part = self.parts[item["id"]]
        return self.shown[part["id"]] if part else formulas.TRUE

    def _value(self, rule):
        return rule_value(rule, self.items, self.shown, Formulas())

    def _why(self, item):
        if self.reach.possible(self._value(item["show_if"])):
            part = self.texts[self.parts[item["id"]]["id"]]
            return RULED_OUT.format(thing=_thing(item), part=part)
        return NO_ANSWERS.format(thing=_thing(item))


def _thing(item):
    return "part" if item["type"] == "section" else "question"
