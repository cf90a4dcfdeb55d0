from django import forms
from django.utils import timezone

from cms.operations.launch.models import LaunchTick


class LaunchTickForm(forms.ModelForm):
    class Meta:
        model = LaunchTick
        fields = ["checker", "checked_on", "note"]
        widgets = {"checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"checker": {"required": "Write who checked it: their name and what they are."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = timezone.localdate
        self.fields["checked_on"].error_messages["required"] = "Write the day on which it was checked."

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day on which it was checked.")
        return day
