from django import forms

from consultation.safeguarding import policies, states
from consultation.safeguarding.models import Priority

DUTY = [("yes", "Yes, and we told"), ("no", "Yes, and it did not apply"), ("not-applicable", "Not applicable")]


def _capital(text):
    return text[0].upper() + text[1:]


def _why(label, help_text=""):
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        label=label,
        max_length=2000,
        help_text=help_text,
    )


def _agency(**more):
    text = "Only for a concern about staff. Everyone of that agency, its leads included, then sees nothing of it."
    return forms.CharField(
        max_length=120,
        label="The agency of the member of staff",
        help_text=text,
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
        **more,
    )


class CloseForm(forms.Form):
    """All that closing a case needs (controls.yaml, required_on_close); the action adds who and when."""

    outcome = forms.ChoiceField()
    reason = _why("Why", "It is sealed, and stays with the case.")
    reporting_duty = forms.ChoiceField(
        choices=DUTY, widget=forms.RadioSelect, label="Was the duty to report considered?"
    )
    reference = forms.CharField(
        required=False,
        max_length=80,
        label="Reference in the system that took it over",
        help_text="Needed for a referral.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = [outcome for outcome in states.outcomes_of(case.state) if outcome != states.LADO or case.agency]
        self.fields["outcome"].choices = [("", "Choose"), *((outcome, _capital(outcome)) for outcome in outcomes)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") in states.REFERRALS and not cleaned.get("reference", "").strip():
            self.add_error("reference", "Give the reference in the system that took it over.")


class TellForm(forms.Form):
    """Someone must hear of words that have no case yet."""

    priority = forms.ChoiceField(choices=Priority.choices, label="How soon?")
    why = _why("Why the duty to tell applies")
    agency = _agency(required=False)


class RaiseForm(forms.Form):
    priority = forms.ChoiceField(label="How soon?")
    why = _why("Why it is more urgent than it looked")

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [
            (value, label)
            for value, label in Priority.choices
            if policies.more_urgent(value, case.priority) != case.priority
        ]


class HideForm(forms.Form):
    agency = _agency()
    why = _why("Why")


class PrintForm(forms.Form):
    """Words leave here: to whom and why is kept, and it counts as an export."""

    to = forms.ChoiceField(label="Who gets it?")
    with_notes = forms.BooleanField(required=False, label="With the notes of readers and leads")
    reason = _why("Why it is sent")

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        receivers = [to for to in states.REFERRALS if to != states.LADO or case.agency]
        self.fields["to"].choices = [("", "Choose"), *((to, _capital(to)) for to in receivers)]
