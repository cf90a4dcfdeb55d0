from django import forms

from consultation.agencies.forms import AgencyForm
from consultation.agencies.models import AgencyStatus
from consultation.safeguarding.forms import build_reason_field, list_receivers


def _build_text_field(label, help_text=""):
    return forms.CharField(
        required=False, max_length=80, label=label, help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _build_day_field(label, help_text=""):
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class ReferCaseForm(AgencyForm):
    """Who was told of a case, and when to ask what they decided. An agency that is missing is proposed for the list."""

    new_status = AgencyStatus.PROPOSED
    agency = forms.ChoiceField(label="Who was told?")
    reference = _build_text_field("Their reference")
    by_phone_to = _build_text_field("Or given by phone to", "The name of the person who took it.")
    chase_on = _build_day_field("Ask them on", "From the next day on, the board shows it as late.")
    reason = build_reason_field("A note", "It is sealed with the case. A second view needs one.", required=False)

    def __init__(self, *args, case, **kwargs):
        self.case = case
        super().__init__(*args, **kwargs)

    def list_agencies(self):
        return list_receivers(self.case)


class ReferralDecisionForm(forms.Form):
    decision = build_reason_field("What they decided", "It is sealed with the case.")
    reference = _build_text_field("Their reference, if it came later")


class ChaseReferralForm(forms.Form):
    said = build_reason_field("Whom you asked, and what they said", "It is sealed with the case.")
    chase_on = _build_day_field("Ask again on")
