from django import forms

from consultation.safeguarding import states
from consultation.safeguarding.models import Priority

DUTY = [("yes", "Yes, and we told"), ("no", "Yes, and it did not apply"), ("not-applicable", "Not applicable")]


class CloseForm(forms.Form):
    """All that closing a case needs (controls.yaml, required_on_close); the action adds who and when."""

    outcome = forms.ChoiceField()
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Why", max_length=2000)
    reporting_duty = forms.ChoiceField(
        choices=DUTY, widget=forms.RadioSelect, label="Was the duty to report considered?"
    )
    reference = forms.CharField(
        required=False, max_length=80, label="Reference in the system that took it over", help_text="For a referral."
    )

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = [(outcome, outcome[0].upper() + outcome[1:]) for outcome in states.outcomes_of(state)]
        self.fields["outcome"].choices = [("", "Choose"), *outcomes]


class TellForm(forms.Form):
    """Withdrawn words that someone must hear of."""

    priority = forms.ChoiceField(choices=Priority.choices, label="How soon?")
    why = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), label="Why the duty to tell applies", max_length=2000
    )
