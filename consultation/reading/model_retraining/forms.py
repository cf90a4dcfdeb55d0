"""The screen to take into use, and why."""

from django import forms

from consultation.action_forms import PostedForm


class ScreenForm(PostedForm):
    """`screen`: the number of a fitted one; 0 is the one in the repository."""

    screen = forms.IntegerField(
        min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Choose a screen.")
    )
    reason = forms.CharField(required=False)
