from django import forms

from insights.decisions.addable_rows import AddableRowForm, DayInput
from insights.decisions.agencies.models import Agency
from insights.decisions.models import Progress


class ActionItemRow(AddableRowForm):
    needed = ("what", "Say what is done, or empty the row.")

    agency = forms.CharField(max_length=120, label="Agency", widget=forms.TextInput(attrs={"list": "agencies"}))
    what = forms.CharField(max_length=300, label="What it does", widget=forms.Textarea(attrs={"rows": 2}))
    lead_role = forms.CharField(max_length=120, label="Who leads there", help_text="A job, not a name.")
    due = forms.DateField(label="Done by", widget=DayInput)


def list_known_agencies(decision):
    """Suggestions while typing: agencies of any plan and the decision's lead agency."""
    names = set(Agency.objects.values_list("name", flat=True)) | {decision.agency}
    return sorted(name for name in names if name)


class ItemUpdateForm(forms.Form):
    status = forms.ChoiceField(choices=Progress, widget=forms.RadioSelect, label="How it stands")
    words = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What has happened",
        help_text="One or two short sentences, with no name in them. It stays, with today’s date.",
    )
    due = forms.DateField(
        required=False,
        label="Done by",
        help_text="Change it only if the day moves. The day that it was stays in the history.",
        widget=DayInput,
    )
