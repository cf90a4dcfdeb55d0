from django import forms

from consultation.action_forms import ActionForm
from consultation.safeguarding.case_links.models import LinkKind
from consultation.safeguarding.forms import build_reason_field


class LinkActionForm(ActionForm):
    verbs = ("link", "unlink")


class LinkCaseForm(forms.Form):
    """The other case by its name or address, and what both have in common."""

    other = forms.CharField(
        label="The other item",
        help_text="Its name, such as Item 3fa9c1, or its address.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="What they have in common", choices=LinkKind, widget=forms.RadioSelect)
    note = build_reason_field("What makes you think so", "It is sealed, and shown on both items.")


class UnlinkCaseForm(forms.Form):
    why = build_reason_field("Why they do not belong together", "It is sealed, and stays on record.")
