from django import forms

from insights.forms import ButtonForm
from insights.workspace.saved.actions import LONGEST_NAME

SHARE = "Show it to colleagues of my agency"


class AddressForm(ButtonForm):
    """The page that is to be saved: in the address of the form, and sent with it."""

    address = forms.CharField(required=False)


class SavedPageForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, label="Name", help_text="So that you know it again.")
    shared = forms.BooleanField(required=False, label=SHARE)


class NoteForm(forms.Form):
    words = forms.CharField(
        label="Your note",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="What you make of it. Never write about a person or a case, and do not copy what someone wrote: "
        "their words can be taken back, your note cannot.",
    )
    shared = forms.BooleanField(required=False, label=SHARE)
