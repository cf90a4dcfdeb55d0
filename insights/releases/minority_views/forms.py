from django import forms

from insights.releases.minority_views.policies import LONGEST


class MinorityVoiceForm(forms.Form):
    words = forms.CharField(
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        label="What they said, in your words",
        help_text=f"One to three sentences, {LONGEST} letters at most. No number, no name, no place, no story, and none "
        "of their own words.",
    )

    def add_error(self, field, error):
        super().add_error(field or "words", error)
