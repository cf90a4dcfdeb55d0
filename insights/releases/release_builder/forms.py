from django import forms

from insights.disclosure.disclosure_presets import list_presets
from insights.releases.release_builder.models import OrderKind


class ReleaseOrderForm(forms.Form):
    """The disclosure preset, and whether to make a preview or a release."""

    preset = forms.ChoiceField(
        choices=[(preset.slug, preset.name) for preset in list_presets()],
        error_messages={"required": "Choose the rules.", "invalid_choice": "Choose one of these rules."},
    )
    kind = forms.ChoiceField(choices=OrderKind)
