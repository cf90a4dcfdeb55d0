from django import forms
from django.conf import settings

from insights.commitments.models import Commitment, CommitmentKind, ContactReason
from insights.decisions.addable_rows import DayInput
from insights.decisions.models import Decision, Progress
from insights.publications.models import Results

LABELS = {
    CommitmentKind.PLEDGE: ("Who promises (a job, not a name)", "What they will do"),
    CommitmentKind.OFFER: ("The group", "What it does"),
    CommitmentKind.PRINCIPLE: ("Name of the principle", "Its text"),
}
ONLY_OF = {
    "results": CommitmentKind.PLEDGE,
    "decisions": CommitmentKind.PLEDGE,
    "due": CommitmentKind.PLEDGE,
    "begins": CommitmentKind.OFFER,
}


class CommitmentForm(forms.Form):
    """The words of a commitment; fields that only another kind has are left out, and given empty."""

    name = forms.CharField(max_length=120)
    what = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), help_text="One to three short sentences. Children read this."
    )
    results: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, required=False, label="They read these results"
    )
    decisions: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None, required=False, widget=forms.CheckboxSelectMultiple, label="They read these decisions"
    )
    due = forms.DateField(widget=DayInput, label="Done by")
    begins = forms.DateField(widget=DayInput, required=False, label="From when")
    language = forms.ChoiceField(choices=settings.LANGUAGES, label="Language of these words")

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["name"].label, self.fields["what"].label = LABELS[kind]
        self.fields["results"].queryset = Results.objects.published().select_related("consultation")
        self.fields["decisions"].queryset = Decision.objects.published()
        for name, only in ONLY_OF.items():
            if kind != only:
                del self.fields[name]

    def given_values(self):
        missing = {"results": None, "decisions": [], "due": None, "begins": None}
        return missing | self.cleaned_data

    @staticmethod
    def initial_of(commitment: Commitment):
        names = ("name", "what", "language", "results", "begins", "due")
        return {name: getattr(commitment, name) for name in names} | {"decisions": commitment.decisions.all()}


class CommitmentNoteForm(forms.Form):
    progress = forms.ChoiceField(choices=Progress, widget=forms.RadioSelect, label="How it stands")
    words = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What has happened",
        help_text="One or two short sentences, with today’s date. Children read this once a colleague has published it.",
    )


class ContactReasonForm(forms.Form):
    reason = forms.ChoiceField(choices=ContactReason, widget=forms.RadioSelect, label="Why do you need it?")


class PrinciplesForm(forms.Form):
    principles: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None, required=False, widget=forms.CheckboxSelectMultiple, label="Which principles does it serve?"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["principles"].queryset = Commitment.objects.principles().published()


class ShowForm(forms.Form):
    """Which rows of the register are shown."""

    STATES = (
        ("", "All"), ("draft", "Waits for a second person"), ("published", "Published"), ("late", "Late"),
        ("retired", "Retired"),
    )  # fmt: skip

    kind = forms.ChoiceField(choices=[("", "All"), *CommitmentKind.choices], required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    q = forms.CharField(required=False, label="Words")
