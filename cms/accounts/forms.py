from django import forms

from cms.accounts.agreements import Agreement
from cms.accounts.models import User
from cms.accounts.roles import ROLES
from consultation.agencies.models import AgencyKind, KnownAgency
from consultation.safeguarding.reassignment.actions import list_assignees
from insights.forms import ButtonForm, PressedButton


def list_role_choices():
    return [(role.name, role.label) for role in ROLES.values()]


def _build_agency_field():
    return forms.ModelChoiceField(
        queryset=KnownAgency.objects.employers(),
        required=False,
        label="Agency",
        empty_label="None",
        help_text="Concerns about staff of an agency are hidden from its people, and from who has none.",
    )


class NewStaffForm(forms.Form):
    name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(label="E-mail address")
    agency = _build_agency_field()
    role = forms.ChoiceField(
        label="Role",
        choices=lambda: [("", "None yet"), *list_role_choices()],
        required=False,
        help_text="Each role is given by two administrators: you ask, another confirms.",
    )

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Somebody has an account with this address already.")
        return email


class AgreementForm(forms.ModelForm):
    agency = forms.ModelChoiceField(queryset=KnownAgency.objects.employers(), empty_label="Choose")

    class Meta:
        model = Agreement
        fields = ["agency", "starts", "ends", "reference"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts", "ends")}


class AgreementChangeForm(forms.ModelForm):
    """What may change of an agreement that is in date; another agency has another agreement."""

    class Meta(AgreementForm.Meta):
        fields = ["ends", "reference"]


class PersonAgencyForm(forms.Form):
    """For which agency a colleague works; their present one is offered, too, when the list has it no more."""

    agency = _build_agency_field()

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, initial={"agency": person.agency_id}, **kwargs)
        offered = KnownAgency.objects.employers() | KnownAgency.objects.filter(pk=person.agency_id)
        self.fields["agency"].queryset = offered


class AgencyListForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=AgencyKind)
    reach = forms.CharField(
        label="How to reach it",
        required=False,
        help_text="A telephone number, an address, the hours. Leads see it when they refer a case.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ListedAgencyForm(AgencyListForm):
    is_offered = forms.BooleanField(required=False, label="It is on the list, to be chosen")


class NewContactDetailsForm(ButtonForm):
    """Whether new words of how to reach an agency are tried or dropped, and which they were."""

    do = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")])
    seen = forms.CharField(strip=False)


class SessionForm(ButtonForm):
    """The handle of one session; without it, all are meant."""

    session = forms.CharField(required=False)


class RoleAnswerForm(ButtonForm):
    confirm = forms.BooleanField(required=False, widget=PressedButton)


class AssigneeForm(forms.Form):
    """Who takes over what a lead has, and their days on the rota. It is asked whether they have anything or not: an
    administrator may not know."""

    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who takes what they have, and their days on the rota?",
        empty_label="Every lead: it goes back to the board, and the rota shows gaps",
    )

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = list_assignees(lead)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Role", choices=list_role_choices)
