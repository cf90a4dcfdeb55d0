from django import forms

from consultation.action_forms import PostedForm


class CaseSearchForm(PostedForm):
    """What to search for, and why; `page` of the next cases."""

    words = forms.CharField(
        label="Words that the case may hold",
        max_length=200,
        help_text="All of them, in any order. They are not kept.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why you search",
        max_length=200,
        help_text="It is sealed and kept. That you opened each of the cases is written in the audit log.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)
