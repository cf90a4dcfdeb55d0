from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import capfirst

from consultation.action_forms import ActionForm, PostedForm
from consultation.agencies.first_agencies import find_outcome
from consultation.agencies.forms import AgencyForm
from consultation.agencies.models import KnownAgency, agency_key
from consultation.safeguarding import clocks, policies, states

DUTY_CHOICES = [("yes", "Yes, and we told"), ("no", "Yes, and it did not apply"), ("not-applicable", "Not applicable")]


def build_choices(texts):
    return [("", "Choose"), *((text, capfirst(text)) for text in texts)]


def build_reason_field(label, help_text="", required=True):
    return forms.CharField(
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        label=label,
        max_length=2000,
        help_text=help_text,
    )


STAFF_HELP = "Everyone of that agency, its leads included, then sees nothing of it."


def list_receivers(case):
    """Agencies that may be told of a case: LADO of staff alone, and never the agency of that staff."""
    listed = KnownAgency.objects.listed()
    return [each for each in listed if not policies.may_tell(
        outcome=find_outcome(each), agency=each.key, accused=case.agency_id
    )]  # fmt: skip


class StaffConcernForm(AgencyForm):
    """The agency of the member of staff that a concern is about: one of the list, so that a typing error cannot expose
    it, or another by name."""

    other_label = "Another agency, with nobody here"

    agency = forms.ChoiceField(label="The agency of the member of staff", help_text=STAFF_HELP)

    def list_agencies(self):
        """With those that are not offered any more and have people here."""
        with_people = get_user_model().objects.exclude(agency=None).values("agency")
        return list(KnownAgency.objects.employers() | KnownAgency.objects.filter(pk__in=with_people))

    def find_alike(self, key):
        names = ((each, agency_key(each.name)) for each in self.offered.values())
        return [each for each, name in names if any(key in own or own in key for own in (name, each.key))]


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
        self.case, told = case, [outcome for _, outcome, _ in case.list_referrals()]
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

    none_label = "It is not about staff"

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
        self.receivers = {each.key: each for each in list_receivers(case)}
        choices = [(key, capfirst(each.name)) for key, each in self.receivers.items()]
        self.fields["to"].choices = [("", "Choose"), *choices]

    def clean_to(self):
        return self.receivers[self.cleaned_data["to"]]


class CaseActionForm(ActionForm):
    verbs = (
        "view",
        "claim",
        "move",
        "reopen",
        "note",
        "category",
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
