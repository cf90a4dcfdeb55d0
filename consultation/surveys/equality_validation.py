"""Validation of equality questions, whose answers are stored without a link to a response (A7).

A condition, a later ordinary question or a text box would restore that link, so each is an error at its block.
"""

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from consultation.surveys.block_errors import (
    build_conditions_error,
    build_field_error,
    build_stream_error,
    build_struct_error,
)
from consultation.surveys.routing_rules import find_enclosing_parts
from consultation.surveys.rule_items import build_rule_items
from consultation.surveys.type_registry import type_of

NOT_LAST = "Equality questions come last. Put “{text}” before this one, or take the tick away."
CONDITION = (
    "An equality question is asked of everybody: that someone was asked would tell what they answered. "
    "Take the condition away."
)
IN_A_PART = (
    "“{part}” is shown to some people only, and an equality question is asked of everybody. Move it out of there."
)
RESTS_ON = "“{text}” is kept apart from the answers, so nothing can wait for it. Choose another question."
OWN_WORDS = "What someone writes stays with their answers. An equality question has no box to write in."
SPLIT = "Reports cannot be split by what is kept apart. Choose one of the two."


def find_equality_error(stream):
    """The validation error of a stream of questions; None when it is valid or has no equality question."""
    children = list(stream)
    apart = {place for place, child in enumerate(children) if child.value.get("apart")}
    if not apart:
        return None
    return build_stream_error(map(EqualityValidator(children, apart).find_errors, range(len(children))))


class EqualityValidator:
    def __init__(self, children, apart):
        self.children, self.apart = children, apart
        self.items = build_rule_items(children)
        self.parts = find_enclosing_parts(self.items)
        self.ids = {self.items[place]["id"]: self._find_text(place) for place in apart}
        self.ordinary = [
            place for place, item in enumerate(self.items) if type_of(item).is_question and place not in apart
        ]

    def _find_text(self, place):
        return self.children[place].value.get("text", "")

    def find_errors(self, place):
        value = self.children[place].value
        found = {"show_if": build_conditions_error(value["show_if"], self._rests_on)}
        if place in self.apart:
            found |= {field: error for field, error in self._find_own_errors(place, value).items() if error}
        return {field: error for field, error in found.items() if error}

    def _rests_on(self, condition):
        text = self.ids.get(condition.get("question"))
        return build_field_error("question", RESTS_ON.format(text=text)) if text else None

    def _find_own_errors(self, place, value):
        return {
            "apart": self._find_order_error(place),
            "show_if": build_struct_error(CONDITION) if self.items[place]["show_if"] else None,
            "about_you": ValidationError(SPLIT) if value.get("about_you") else None,
            "options": self._find_open_choice(value.get("options") or ()),
        }

    def _find_order_error(self, place):
        after = next((later for later in self.ordinary if later > place), None)
        if after is not None:
            return ValidationError(NOT_LAST.format(text=self._find_text(after)))
        part = self.parts[self.items[place]["id"]]
        while part is not None:
            if part["show_if"]:
                text = next(self._find_text(at) for at, item in enumerate(self.items) if item is part)
                return ValidationError(IN_A_PART.format(part=text))
            part = self.parts[part["id"]]
        return None

    def _find_open_choice(self, options):
        places = [place for place, option in enumerate(options) if option.get("other")]
        errors = {place: build_field_error("other", OWN_WORDS) for place in places}
        return ListBlockValidationError(block_errors=errors) if errors else None
