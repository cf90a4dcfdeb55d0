from django import forms

from insights.forms import ButtonForm, SeenForm


class CodingButtonForm(SeenForm):
    """`do`: save, or mark or unmark with the value of a mark."""

    do = forms.CharField(required=False)


class CodingSetForm(ButtonForm):
    name = forms.CharField(required=False)
    shared = forms.BooleanField(required=False)


class CodingKeysForm(ButtonForm):
    """Where the coder stood."""

    back = forms.RegexField(r"^/insights/coding/", required=False)
