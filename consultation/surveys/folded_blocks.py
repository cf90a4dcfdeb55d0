"""Folded question blocks: until questions.js opens one, it is one line, and its form a single field with the stored value.

The line says what it asks and of which type it is. A survey is read at a glance, and the editor of a long one opens
quickly.
"""

import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

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
        kept = (json.dumps(child.block.get_prep_value(child.value), cls=DjangoJSONEncoder) for child in value)
        return [
            state | {"value": state["value"] | {KEPT: stored}}
            for state, stored in zip(super().get_form_state(value), kept, strict=True)
        ]


class QuestionAdapter(StructBlockAdapter):
    js_constructor = "consultation.Question"

    @cached_property
    def media(self):
        return super().media + forms.Media(js=["surveys/questions.js"])


def register_question_adapters(*blocks):
    for block in blocks:
        register(QuestionAdapter(), block)
