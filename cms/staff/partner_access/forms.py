from django import forms

from cms.accounts.agreements import Agreement
from cms.staff.partner_access.actions import NOT_IN_DATE
from consultation.action_forms import PostedForm


class AgreedReleaseForm(PostedForm):
    agreement = forms.ModelChoiceField(
        queryset=Agreement.objects.none(),
        label="Under which agreement?",
        empty_label="Choose",
        help_text="Its agency’s people see the release until it ends, and no other partner does.",
        error_messages={
            "required": "Choose an agreement.",
            "invalid_choice": NOT_IN_DATE,
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = Agreement.objects.in_date().select_related("agency")
