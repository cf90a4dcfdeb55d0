"""Validation of "show only if" conditions.

Each must refer to an earlier question and to existing choices, and some answers must lead to each question.
"""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from consultation.surveys import routing_rules, rule_formulas
from consultation.surveys.block_errors import (
    build_conditions_error,
    build_field_error,
    build_stream_error,
    build_struct_error,
)
from consultation.surveys.condition_blocks import build_child_rule
from consultation.surveys.questionnaire_schema import can_choose_several
from consultation.surveys.reachability import ReachabilitySearch, ReachabilityUndecided, max_choices
from consultation.surveys.routing_rules import (
    FormulaLogic,
    evaluate_rule,
    evaluate_visibility,
    find_enclosing_parts,
    list_conditions,
)
from consultation.surveys.rule_items import build_rule_items
from consultation.surveys.type_registry import type_of

NO_QUESTION = "This question is not in the survey any more. Choose another one, or remove the condition."
LATER = "“{text}” comes after this one, so nobody has answered it yet. Choose an earlier question."
ITSELF = "A question cannot wait for its own answer. Choose an earlier question."
NO_CHOICES = "“{text}” has no choices to wait for. Choose a question with choices."
APART = "Answers to “{text}” are kept apart from all others, so nothing can wait for them. Choose another question."
TYPED_HELP = "People write their answer to this question, so no answer can open help. Remove it."
GONE = "These choices are not in “{text}” any more: {gone}. Tick the ones that you want."
ONE_ONLY = "People choose one answer to “{text}”, so nobody includes all of these. Choose “is one of these”."
LIMITED = "People choose at most {most} answers to “{text}”, so nobody includes all of these. Tick fewer."
TOO_MANY = (
    "The conditions of this survey are more than a phone can follow. "
    "Put questions that have the same conditions into a part, and give the conditions to the part."
)
TOO_DEEP = (
    "Questions here wait for questions that wait for others, too many times over. "
    "Let later questions wait for fewer earlier ones."
)
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


def find_condition_error(stream):
    """The validation error of a stream of questions, placed at the blocks to change; None when it is valid."""
    children = list(stream)
    items = build_rule_items(children)
    if error := build_stream_error(map(ConditionValidator(children, items).find_errors, items)):
        return error
    rules = routing_rules.list_distinct_rules(items)
    words = [TOO_MANY] * routing_rules.are_too_many(rules) or [TOO_DEEP] * routing_rules.are_too_deep(rules)
    if words:
        return StreamBlockValidationError(non_block_errors=list(map(ValidationError, words)))
    return build_stream_error(map(ReachabilityValidator(children, items).find_errors, items))


class ConditionValidator:
    """Errors of single conditions and help rules."""

    def __init__(self, children, items):
        self.children = {item["id"]: child.value for child, item in zip(children, items, strict=True)}
        self.items = items
        self.places = {item["id"]: place for place, item in enumerate(items)}

    def find_errors(self, item):
        value = self.children[item["id"]]
        found = {
            "show_if": build_conditions_error(value["show_if"], lambda inner: self._find_problem(item, inner)),
            "help_by_answer": self._find_help_error(item, value.get("help_by_answer") or ()),
        }
        return {field: error for field, error in found.items() if error}

    def _find_help_error(self, item, entries):
        if entries and not type_of(item).has_choices:
            return ListBlockValidationError(non_block_errors=[ValidationError(TYPED_HELP)])
        errors = [self._find_gone_choices(item, entry["any_of"]) for entry in entries]
        return ListBlockValidationError(block_errors=errors) if any(errors) else None

    def _find_problem(self, item, condition):
        """The error of a condition. A group has none of its own, and the form validates unfinished conditions."""
        if "of" in condition or not condition["question"]:
            return None
        place = self.places.get(condition["question"])
        if place is None:
            return build_field_error("question", NO_QUESTION)
        if place >= self.places[item["id"]]:
            message = ITSELF if self.items[place] is item else self._format_message(LATER, self.items[place])
            return build_field_error("question", message)
        asked = self.items[place]
        if not routing_rules.can_be_condition(asked) or not asked["options"]:
            return build_field_error("question", self._format_message(APART if asked["apart"] else NO_CHOICES, asked))
        return self._find_gone_choices(asked, condition["any_of"]) or self._find_excess(asked, condition)

    def _find_gone_choices(self, asked, wanted):
        there = {option["id"] for option in asked["options"]} | set(asked["also"])
        gone = [id_ for id_ in wanted if id_ not in there]
        return build_field_error("any_of", self._format_message(GONE, asked, gone=", ".join(gone))) if gone else None

    def _find_excess(self, asked, condition):
        if condition["how"] != "all_of":
            return None
        # The largest number of different answers that one person can give.
        limit = max_choices(asked) if can_choose_several(asked) else 1
        limit = len(asked["rows"]) if type_of(asked).has_rows else limit
        if len(condition["any_of"]) <= limit:
            return None
        if limit == 1:
            return build_field_error("how", self._format_message(ONE_ONLY, asked))
        return build_field_error("any_of", self._format_message(LIMITED, asked, most=limit))

    def _format_message(self, message, asked, **more):
        return message.format(text=self.children[asked["id"]].get("text", ""), **more)


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
