"""Block fields that hold stable ids, which are never translated."""

import json

from django import forms
from wagtail.blocks import FieldBlock

from consultation.interface_text import get_text
from consultation.surveys.answer_scales import BANDS, format_band
from consultation.surveys.questionnaire_schema import NON_RESPONSE_WORDS
from consultation.surveys.type_registry import all_types

CHOOSE_QUESTION = "Choose a question, or remove this."
TICK_ANSWERS = "Tick at least one answer, or remove this."
SPLIT = str.maketrans(",;\n\t", "    ")


class PickWidget(forms.TextInput):
    """A text input of ids. The editor's script reads `data-pick` and replaces it by choices in words."""

    def __init__(self, pick=""):
        super().__init__()
        self.pick = pick

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Built when the form is rendered, because the interface texts are not loaded when blocks are declared."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        if self.pick:
            attrs["data-pick"] = self.pick
        if self.pick.endswith("answers"):
            attrs["data-scales"] = json.dumps({one.name: one.prepared_choices({}) for one in all_types() if one.steps})
            attrs["data-bands"] = json.dumps(
                {name: [[id_, format_band(id_)] for id_ in ids] for name, ids in BANDS.items()}
            )
            attrs["data-apart"] = json.dumps({name: get_text(word) for name, word in NON_RESPONSE_WORDS.items()})
        return attrs


class IdBlock(FieldBlock):
    """One id, such as that of the question in a condition."""

    def __init__(self, required=False, help_text=None, pick="", **kwargs):
        self.field = forms.CharField(
            required=required,
            help_text=help_text,
            max_length=100,
            widget=PickWidget(pick=pick),
            error_messages={"required": CHOOSE_QUESTION},
        )
        super().__init__(**kwargs)

    def get_default(self):
        return self.meta.default or ""


class IdListField(forms.CharField):
    """Ids in one line, separated by commas or spaces."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        if isinstance(value, list | tuple):
            return list(value)
        return list(dict.fromkeys((value or "").translate(SPLIT).split()))

    def run_validators(self, value):
        super().run_validators(", ".join(value))


class IdsBlock(FieldBlock):
    """Several ids, stored as a list."""

    def __init__(self, required=False, help_text=None, pick="", **kwargs):
        self.field = IdListField(
            required=required,
            help_text=help_text,
            widget=PickWidget(pick=pick),
            error_messages={"required": TICK_ANSWERS},
        )
        super().__init__(**kwargs)

    def get_default(self):
        return list(self.meta.default or [])

    def value_for_form(self, value):
        return self.field.prepare_value(value)

    def value_from_form(self, value):
        return self.field.to_python(value)

    def get_prep_value(self, value):
        return list(value or [])

    def to_python(self, value):
        return self.field.to_python(value)
