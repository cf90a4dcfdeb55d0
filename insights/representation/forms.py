from django import forms

from insights.forms import FileTrialForm
from insights.representation.actions import MOST_PEOPLE
from insights.representation.models import BenchmarkBasis, normalise_label

ABOUT_FIELDS = ("name", "source", "dated", "basis", "for_all")


class BenchmarkForm(forms.Form):
    name = forms.CharField(max_length=80, label="What it is called", help_text="For instance “School census 2026”.")
    source = forms.CharField(
        max_length=200,
        label="Where the numbers are from",
        help_text="So that someone else can find them: who counted, and where it is published.",
    )
    dated = forms.DateField(
        label="The day they are of",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day of the count, not today.",
    )
    basis = forms.ChoiceField(
        choices=BenchmarkBasis, widget=forms.RadioSelect, initial=BenchmarkBasis.LIVES, label="Who was counted"
    )
    for_all = forms.BooleanField(
        required=False,
        label="Use it for every consultation",
        help_text="Wherever the same groups are asked about. Not for numbers of people who were invited.",
    )

    def __init__(self, *args, dimension, benchmark=None, **kwargs):
        numbers = benchmark.numbers if benchmark else {}
        super().__init__(*args, initial=_initial_values(benchmark), **kwargs)
        labels = [label for _, label in dimension.comparable_groups]
        known = {normalise_label(label) for label in labels}
        groups = benchmark.groups if benchmark else ()
        labels += [group["label"] for group in groups if normalise_label(group["label"]) not in known]
        self.labels = dict(enumerate(labels))
        for place, label in self.labels.items():
            self.fields[f"number_{place}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                initial=numbers.get(normalise_label(label)),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def about_fields(self):
        return [self[name] for name in ABOUT_FIELDS]

    @property
    def numbers(self):
        return [self[f"number_{place}"] for place in self.labels]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("for_all") and cleaned.get("basis") == BenchmarkBasis.INVITED:
            self.add_error("for_all", "People were invited to one consultation. Take the tick away.")
        if not self.errors and not any(group["number"] for group in self.groups):
            self.add_error(None, "At least one group needs a number of people.")
        return cleaned

    def given_values(self):
        return {name: self.cleaned_data[name] for name in ABOUT_FIELDS} | {"groups": self.groups}

    @property
    def groups(self):
        """As Benchmark.groups, without groups that were left empty."""
        given = {label: self.cleaned_data.get(f"number_{place}") for place, label in self.labels.items()}
        return [{"label": label, "number": number} for label, number in given.items() if number is not None]


def _initial_values(benchmark):
    if benchmark is None:
        return {}
    told = {name: getattr(benchmark, name) for name in ("name", "source", "dated", "basis")}
    return told | {"for_all": benchmark.consultation_id is None}


class BenchmarkFileForm(FileTrialForm):
    file = forms.FileField(
        required=False, allow_empty_file=True, label="A CSV file", help_text="From a spreadsheet: “Save as”, then CSV."
    )
    for_all = forms.BooleanField(
        required=False,
        label="Use them for every consultation",
        help_text="Wherever the same groups are asked about. Not for numbers of people who were invited.",
    )
