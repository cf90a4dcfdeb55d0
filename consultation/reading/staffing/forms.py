from django import forms

from consultation.action_forms import PostedForm, build_day_field
from consultation.reading.staffing import reader_coverage
from consultation.reading.staffing.reader_languages import LANGUAGES


class ReadersForm(PostedForm):
    """Readers for one period. A person may be named again for another period."""

    readers: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Who reads",
        widget=forms.CheckboxSelectMultiple,
        help_text="Ask each of them first. Two or more on a day let one ask the other.",
        error_messages={"required": "Choose who reads."},
    )
    first_day = build_day_field("From")
    last_day = build_day_field("Until", "Until five working days after the close, unless someone else takes over.")
    everywhere = forms.BooleanField(
        required=False, label="For every consultation in that time", help_text="Not only for this one."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = reader_coverage.list_trained_readers()

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day is before the first.")
        return cleaned


class ReaderLanguagesForm(PostedForm):
    languages = forms.MultipleChoiceField(
        required=False,
        label="Beside English, you read",
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Well enough to understand a child who is upset, with slips and slang.",
    )


class ReaderRemovalForm(PostedForm):
    """`back`: the consultation from whose page a reader is removed."""

    back = forms.IntegerField(required=False, min_value=1, max_value=10**9)
