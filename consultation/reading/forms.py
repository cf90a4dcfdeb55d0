from django import forms

from consultation.action_forms import KnownChoicesField, PostedForm


class OriginalForm(PostedForm):
    reason = forms.CharField(required=False)


class AuditResultForm(PostedForm):
    result = forms.ChoiceField(
        choices=[(each, each) for each in ("fine", "missed", "skip")],
        error_messages={"required": "Say whether the screen missed something."},
    )
    why = forms.CharField(required=False)


class SimilarAnswersForm(PostedForm):
    """Only the wordings that the page showed; those that arrived meanwhile stay unread."""

    wording = KnownChoicesField(error_messages={"required": "Choose at least one wording."})
    note = forms.CharField(required=False)

    def __init__(self, *args, wordings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wording"].choices = [(one.mark, one) for one in wordings]


class ShortAnswersForm(PostedForm):
    """The answers that the page showed, and those that are still ticked."""

    do = forms.CharField(required=False)
    shown = KnownChoicesField(required=False)
    clear = KnownChoicesField(required=False)

    def __init__(self, *args, leased, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = self.fields["clear"].choices = [(str(one.pk), one) for one in leased]

    def clean(self):
        """With "none", no tick counts."""
        return self.cleaned_data | ({"clear": []} if self.cleaned_data["do"] == "none" else {})


class ScreenForm(PostedForm):
    """`screen`: the number of a fitted one; 0 is the one in the repository."""

    screen = forms.IntegerField(
        min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Choose a screen.")
    )
    reason = forms.CharField(required=False)


class SingleKeysForm(PostedForm):
    back = forms.RegexField(r"^/staff/reading/", required=False)
