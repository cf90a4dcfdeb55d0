from django import forms

from insights.decisions.evidence.actions import list_citable_figures
from insights.decisions.models import Bearing

BEARINGS = (
    (Bearing.SUPPORTS, "It supports the decision"),
    (Bearing.CHALLENGES, "It speaks against the decision"),
    (Bearing.CONTEXT, "It is context"),
)


class SearchForm(forms.Form):
    """Find a theme by a word of its name, its meaning or its quotes."""

    words = forms.CharField(required=False, max_length=100, label="Find a theme or words")

    @property
    def words_wanted(self):
        return self.cleaned_data.get("words", "").strip() if self.is_valid() else ""


class QuestionForm(forms.Form):
    """Choose a question of a release."""

    question: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="Question", empty_label=None)

    def __init__(self, *args, release, **kwargs):
        super().__init__(*args, **kwargs)
        figures = list_citable_figures(release)
        shown = [figure.pk for figure in figures if "refused" not in figure.table]
        self.fields["question"].queryset = figures.filter(pk__in=shown)


class FigureForm(forms.Form):
    """Choose all answers or one, and the bearing."""

    row = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="What you cite")
    bearing = forms.ChoiceField(
        choices=BEARINGS, widget=forms.RadioSelect, initial=Bearing.SUPPORTS, label="How it bears"
    )

    def __init__(self, *args, figure, **kwargs):
        super().__init__(*args, **kwargs)
        answers = [
            (
                row["id"],
                f"“{row['label']}”: {row['symbol'] if row['value'] is None else f'about {row["value"]} people'}",
            )
            for row in figure.table["rows"]
        ]
        self.fields["row"].choices = [("", "All answers to the question"), *answers]
        self.fields["row"].initial = ""
