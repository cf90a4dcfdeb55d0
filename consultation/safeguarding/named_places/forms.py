from django import forms

from consultation.action_forms import ActionForm
from consultation.domain.place_types import PLACE_TYPES
from consultation.safeguarding.forms import build_reason_field


class PlaceActionForm(ActionForm):
    verbs = ("add", "remove")
    reason = forms.CharField(required=False)


class NotePlaceForm(forms.Form):
    name = forms.CharField(
        label="The place, as the words name it",
        help_text="It is sealed with this case, and erased with it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_type = forms.ChoiceField(label="What kind of place it is", choices=[("", "Choose"), *PLACE_TYPES.items()])
    reason = build_reason_field("Why the name is needed")
