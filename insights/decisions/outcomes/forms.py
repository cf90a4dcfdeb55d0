from django import forms

from insights.coding.models import Theme, ThemeEntry
from insights.decisions.addable_rows import DayInput
from insights.decisions.outcomes.models import OutcomeVerdict
from insights.decisions.outcomes.policies import WORDS
from insights.decisions.reached_measures import describe_goal, name_field
from insights.publishing.forms import AREA, PublicWordsForm


class OutcomeWordsForm(PublicWordsForm):
    names = field_order = WORDS

    words = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs=AREA),
        label="What came of it",
        help_text="One to three short sentences, for a child of nine. If it did not work, say so first.",
    )


class OutcomeForm(OutcomeWordsForm):
    verdict = forms.ChoiceField(choices=OutcomeVerdict, widget=forms.RadioSelect, label="Did it work?")
    field_order = ("verdict", *WORDS)  # type: ignore[assignment]

    def __init__(self, *args, decision, reached=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.measures = list(decision.measures.all())
        known = {row["what"]: row["value"] for row in reached}
        for measure in self.measures:
            self.fields[name_field(measure)] = forms.DecimalField(
                required=False, max_digits=9, decimal_places=1, initial=known.get(measure.what),
                label=f"What was reached: {measure.what}", help_text=describe_goal(measure),
            )  # fmt: skip

    def given_values(self):
        reached = {measure.pk: self.cleaned_data[name_field(measure)] for measure in self.measures}
        return super().given_values() | {"verdict": self.cleaned_data["verdict"], "reached": reached}


class EvidenceBearingForm(forms.Form):
    bearing = forms.ChoiceField(choices=OutcomeVerdict, widget=forms.RadioSelect, label="What does this show?")


class ThemeEvidenceForm(EvidenceBearingForm):
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label="Theme")
    field_order = ["theme", "bearing"]

    def __init__(self, *args, release, **kwargs):
        super().__init__(*args, **kwargs)
        counted = [int(row["id"]) for row in release.theme_rows() if row["value"]]
        entries = ThemeEntry.objects.filter(version=release.codebook_version, theme__in=counted)
        labels = {entry.theme_id: entry.label for entry in entries}
        self.fields["theme"].queryset = Theme.objects.filter(pk__in=labels)
        self.fields["theme"].label_from_instance = lambda found: labels[found.pk]


class AnswerEvidenceForm(EvidenceBearingForm):
    """Choose an answer to a question of a release; `choices` are (option id, label with its change)."""

    option = forms.ChoiceField(widget=forms.RadioSelect, label="Which answer?")
    field_order = ["option", "bearing"]

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = choices


class ChangePollForm(forms.Form):
    opens = forms.DateField(widget=DayInput, label="First day")
    closes = forms.DateField(widget=DayInput, label="Last day", help_text="Three to six weeks are enough.")
