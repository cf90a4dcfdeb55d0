from django import forms

from cms.accounts.agreements import Agreement
from cms.accounts.models import User
from cms.accounts.roles import ROLES
from consultation.safeguarding.passing_on.actions import list_takers
from insights.forms import ButtonForm, PressedButton

TWO_PEOPLE_NOTE = " (a second administrator confirms)"


def list_role_choices():
    return [(role.name, f"{role.label}{TWO_PEOPLE_NOTE if role.two_people else ''}") for role in ROLES.values()]


class NewStaffForm(forms.Form):
    name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(label="E-mail address")
    agency = forms.CharField(label="Agency", max_length=120, required=False)
    role = forms.ChoiceField(
        label="Role",
        choices=lambda: [("", "None yet"), *list_role_choices()],
        required=False,
        help_text="What opens sealed words, or accounts, is given by two administrators: you ask, another confirms.",
    )

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Somebody has an account with this address already.")
        return email


class AgreementForm(forms.ModelForm):
    class Meta:
        model = Agreement
        fields = ["agency", "starts", "ends", "reference"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts", "ends")}
        help_texts = {"agency": "As it is written in the accounts of its people."}


class SessionForm(ButtonForm):
    """The handle of one session; without it, all are meant."""

    session = forms.CharField(required=False)


class RoleAnswerForm(ButtonForm):
    confirm = forms.BooleanField(required=False, widget=PressedButton)


class TakerForm(forms.Form):
    """Who takes over what a lead has, and their days on the rota. It is asked whether they have anything or not: an
    administrator may not know."""

    taker = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who takes what they have, and their days on the rota?",
        empty_label="Every lead: it goes back to the board, and the rota shows gaps",
    )

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = list_takers(lead)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Role", choices=list_role_choices)
