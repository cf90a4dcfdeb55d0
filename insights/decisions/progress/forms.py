from django import forms

from insights.decisions.models import Progress


class ProgressForm(forms.Form):
    progress = forms.ChoiceField(choices=Progress, widget=forms.RadioSelect, label="How it stands")
    words = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What has happened",
        help_text="One or two short sentences. A child reads it. It stays on the page, with today’s date.",
    )
    next_update = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        label="Next news on",
        help_text="Needed while it is planned or started. People are told this day.",
    )
