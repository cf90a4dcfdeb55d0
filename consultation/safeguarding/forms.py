from django import forms
from django.contrib.auth import get_user_model

from consultation.action_forms import ActionForm, PostedForm
from consultation.safeguarding import clocks, policies, states
from consultation.safeguarding.models import agency_key

DUTY_CHOICES = [("yes", "Yes, and we told"), ("no", "Yes, and it did not apply"), ("not-applicable", "Not applicable")]


def build_choices(texts):
    return [("", "Choose"), *((text, text[0].upper() + text[1:]) for text in texts)]


def build_reason_field(label, help_text="", required=True):
    return forms.CharField(
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        label=label,
        max_length=2000,
        help_text=help_text,
    )


OTHER = "other"
STAFF_HELP = "Everyone of that agency, its leads included, then sees nothing of it."


def list_known_agencies():
    """Agencies of the users here, each once: chosen from a list, so that a typing error cannot expose a concern."""
    names = get_user_model().objects.exclude(agency="").order_by("agency").values_list("agency", flat=True)
    return list({agency_key(name): name for name in names if agency_key(name)}.values())


class StaffConcernForm(forms.Form):
    """The agency of the member of staff that a concern is about: a known one, or another by name."""

    agency = forms.ChoiceField(label="The agency of the member of staff", help_text=STAFF_HELP)
    other = forms.CharField(
        required=False,
        max_length=120,
        label="Its name, if it is another agency",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(name, name) for name in list_known_agencies()]
        none = "Choose" if self.fields["agency"].required else "It is not about staff"
        self.fields["agency"].choices = [("", none), *known, (OTHER, "Another agency, with nobody here")]

    def clean(self):
        cleaned = super().clean()
        named = cleaned.pop("other", "").strip()
        if cleaned.get("agency") == OTHER:
            cleaned["agency"] = named
            self._check_other(named)
        elif named and "agency" in cleaned:
            self.add_error("agency", "Choose “Another agency”, or take its name out.")
        return cleaned

    def _check_other(self, named):
        key = agency_key(named)
        alike = [name for name in list_known_agencies() if key in agency_key(name) or agency_key(name) in key]
        if not key:
            self.add_error("other", "Name the agency.")
        elif alike:
            self.add_error("agency", f"Is it {' or '.join(alike)}? Then choose it from the list.")


class CloseCaseForm(forms.Form):
    """Fields required to close a case (domain/controls.yaml, required_on_close)."""

    outcome = forms.ChoiceField()
    reason = build_reason_field("Why", "It is sealed, and stays with the case.")
    reporting_duty = forms.ChoiceField(
        choices=DUTY_CHOICES, widget=forms.RadioSelect, label="Was the duty to report considered?"
    )
    reference = forms.CharField(
        required=False,
        max_length=80,
        label="Reference in the system that took it over",
        help_text="Needed for a referral that was given by phone.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, told = case, [agency for agency, _ in case.list_referrals()]
        outcomes = states.outcomes_for(case.state)
        self.fields["outcome"].choices = build_choices(
            outcome for outcome in outcomes if outcome not in states.REFERRALS or outcome in told
        )
        if not set(outcomes) & set(states.REFERRALS):
            del self.fields["reference"]

    def clean(self):
        cleaned = super().clean()
        outcome, typed = cleaned.get("outcome"), cleaned.get("reference", "").strip()
        if outcome in states.REFERRALS:
            cleaned["reference"] = typed or self.case.find_reference(outcome)
            if not cleaned["reference"]:
                self.add_error("reference", "Give the reference in the system that took it over.")


class OptionalStaffConcernForm(StaffConcernForm):
    """The same as an optional part of another form."""

    agency = forms.ChoiceField(required=False, label="If it is about staff: of which agency?", help_text=STAFF_HELP)


class OpenCaseForm(OptionalStaffConcernForm):
    """Open a case for a text that has none yet."""

    priority = forms.ChoiceField(choices=clocks.LEAD_CHOICES, label="How soon?")
    why = build_reason_field("Why the duty to tell applies")
    field_order = ("priority", "why", "agency", "other")


class RaisePriorityForm(forms.Form):
    priority = forms.ChoiceField(label="How soon?")
    why = build_reason_field("Why it is more urgent than it looked")

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [
            (value, label)
            for value, label in clocks.LEAD_CHOICES.items()
            if policies.pick_more_urgent(value, case.priority) != case.priority
        ]


class HideCaseForm(StaffConcernForm):
    why = build_reason_field("Why")


class PrintCaseForm(PostedForm):
    """Print a case for a receiving agency; receiver and reason are recorded as an export."""

    to = forms.ChoiceField(label="Who gets it?")
    with_notes = forms.BooleanField(required=False, label="With the notes of readers and leads")
    reason = build_reason_field("Why it is sent")

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        receivers = [to for to in states.REFERRALS if to != states.LADO or case.agency]
        self.fields["to"].choices = build_choices(receivers)


class CaseActionForm(ActionForm):
    verbs = (
        "view",
        "claim",
        "move",
        "reopen",
        "note",
        "show",
        "raise",
        "hide",
        "close",
        "refer",
        "decided",
        "chase",
        "look",
    )
    reason = forms.CharField(required=False)


class ContactActionForm(ActionForm):
    verbs = ("claim", "tried", "reached", "back", "close", "tell")
    note = forms.CharField(required=False)


class WithdrawnActionForm(ActionForm):
    verbs = ("read", "erase", "tell")
    do = forms.CharField(required=False, empty_value="read")
    sure = forms.BooleanField(required=False)
