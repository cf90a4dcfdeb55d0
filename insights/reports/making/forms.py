from django import forms

from insights.reports.disclosure.presets import PRESETS
from insights.reports.making.models import OrderKind


class MakeForm(forms.Form):
    """The disclosure preset, and whether to make a preview or a release."""

    preset = forms.ChoiceField(
        choices=[(preset.slug, preset.name) for preset in PRESETS.values()],
        error_messages={"required": "Choose the rules.", "invalid_choice": "Choose one of these rules."},
    )
    kind = forms.ChoiceField(choices=OrderKind)
