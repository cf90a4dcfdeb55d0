from datetime import timedelta

from django import forms
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.api.models import Scope
from consultation.agencies.models import KnownAgency


class ProgramForm(forms.Form):
    name = forms.CharField(label="Name of the program", max_length=120, help_text="So that you know it again.")
    agency = forms.ModelChoiceField(
        queryset=KnownAgency.objects.none(),
        label="Agency",
        empty_label="Choose",
        help_text="Those with an agreement that is in date. With it, the token ends.",
    )
    scopes = forms.MultipleChoiceField(
        label="What it may read", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label="Works until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.localdate() + timedelta(days=180),
        help_text="Within a year.",
    )
    per_minute = forms.IntegerField(label="Requests a minute, at most", min_value=1, max_value=600, initial=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_date = Agreement.objects.in_date().values("agency")
        self.fields["agency"].queryset = KnownAgency.objects.filter(pk__in=in_date)
