from django import forms

from consultation.access import list_people_with
from consultation.action_forms import PostedForm, build_day_field
from consultation.safeguarding.duty_rota.lead_rota import list_leads
from consultation.safeguarding.duty_rota.models import Leave
from consultation.safeguarding.leave.actions import DECIDES, WORKS_HERE, list_leave_ahead


class LeaveForm(PostedForm):
    """Leave of oneself; a lead chooses whose it is, and who stands in."""

    person: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="Who is away?", empty_label=None)
    first_day = build_day_field("First day away")
    last_day = build_day_field("Last day away")
    stand_in: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="Who stands in for a lead?",
        empty_label="Nobody yet",
        help_text="They get the days on the rota, and all that the lead has on the first day. Without anybody, the "
        "rota shows gaps, and the backup gets it.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if by.has_perm(DECIDES):
            self.fields["person"].queryset = list_people_with(WORKS_HERE)
            self.fields["person"].initial = by.pk
            self.fields["stand_in"].queryset = list_leads()
        else:
            del self.fields["person"], self.fields["stand_in"]

    def values(self):
        return {"person": self.by, **self.chosen()}


class LeaveEndForm(PostedForm):
    """Which leave ends: of those that this person may see."""

    leave: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Leave.objects.none(), error_messages={"invalid_choice": "That leave is over already."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leave"].queryset = list_leave_ahead()
