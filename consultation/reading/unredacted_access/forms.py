"""The reason for opening an original."""

from django import forms

from consultation.action_forms import PostedForm


class OriginalForm(PostedForm):
    reason = forms.CharField(required=False)
