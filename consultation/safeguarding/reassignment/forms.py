from django import forms
from django.contrib.auth import get_user_model

from consultation.safeguarding.forms import build_reason_field
from consultation.safeguarding.reassignment.actions import list_assignees


class ReassignForm(forms.Form):
    """Who takes over all that a lead has."""

    to = forms.ModelChoiceField(
        queryset=get_user_model().objects.none(),
        required=False,
        label="Who takes it?",
        empty_label="Back to the board, for every lead",
    )
    message = build_reason_field("What they need to know", "It is sealed with each item.")

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = list_assignees(lead)
