"""Folded question blocks: until questions.js opens one, its form is a single field with the stored value.

Without this, the editor of a long survey would open too slowly.
"""

import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

FOLDED_FROM = 13  # blocks; a shorter survey opens unfolded, and one that is longer by equality questions all but these
KEPT = "kept"


class FoldedBlockMixin:
    """A struct block that can be posted as its stored value, which is then validated like any form."""

    def value_from_datadict(self, data, files, prefix):
        stored = data.get(f"{prefix}-{KEPT}")
        if stored is None:
            return super().value_from_datadict(data, files, prefix)
        try:
            return self.to_python(json.loads(stored))
        except (ValueError, TypeError, KeyError, AttributeError):
            return self.to_python({})  # a forged value: an empty question, which its required fields refuse

    def value_omitted_from_data(self, data, files, prefix):
        return f"{prefix}-{KEPT}" not in data and super().value_omitted_from_data(data, files, prefix)


class FoldedStreamMixin:
    def get_form_state(self, value):
        states = super().get_form_state(value)
        if len(states) < FOLDED_FROM:
            return states
        apart = [bool(child.value.get("apart")) for child in value]  # equality questions: whole, and seldom changed
        few = apart.count(False) < FOLDED_FROM
        kept = [json.dumps(child.block.get_prep_value(child.value), cls=DjangoJSONEncoder) for child in value]
        return [
            state if few and not one else state | {"value": state["value"] | {KEPT: stored}}
            for state, stored, one in zip(states, kept, apart, strict=True)
        ]


class QuestionAdapter(StructBlockAdapter):
    js_constructor = "consultation.Question"

    @cached_property
    def media(self):
        return super().media + forms.Media(js=["surveys/questions.js"])


def register_question_adapters(*blocks):
    for block in blocks:
        register(QuestionAdapter(), block)
