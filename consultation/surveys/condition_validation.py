"""Validation of "show only if" conditions.

Each must refer to an earlier question and to existing choices, and some answers must lead to each question.
"""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from consultation.surveys import routing_rules
from consultation.surveys.block_errors import build_conditions_error, build_field_error, build_stream_error
from consultation.surveys.questionnaire_schema import can_choose_several
from consultation.surveys.reachability import max_choices
from consultation.surveys.reachability_validation import ReachabilityValidator
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
