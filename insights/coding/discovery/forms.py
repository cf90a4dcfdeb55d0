from django import forms

from insights.coding.codebook_in_force import codebook_version
from insights.coding.discovery.actions import MOST_PHRASES
from insights.coding.discovery.models import DismissalReason, Suggestion
from insights.coding.models import Theme
from insights.forms import ButtonForm

PHRASES_HELP = (
    "One on each line, in your own words or in words that several people used. Never one person's whole answer: the "
    "codebook is kept when an answer is taken back."
)


class PhrasesField(forms.CharField):
    """A list of phrases with one on each line."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [" ".join(line.split())[:200] for line in str(value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:MOST_PHRASES]


class NamedForm(forms.Form):
    """A form with field ids of its own, because several are on one page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}-%s", **kwargs)


class AcceptForm(NamedForm):
    label = forms.CharField(max_length=160, label="What is the theme called?")
    definition = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000, label="What does it mean?"
    )
    phrases = PhrasesField(label="Example phrases", help_text=PHRASES_HELP)


class ThemeChoiceField(forms.ModelChoiceField):
    def __init__(self, *, labels, **kwargs):
        self.labels = labels
        super().__init__(**kwargs)

    def label_from_instance(self, theme):
        return self.labels.get(theme.pk, theme.slug)


def build_theme_field(consultation, initial=None):
    """A choice of the themes of the version in force."""
    version = codebook_version(consultation)
    labels = dict(version.entries.values_list("theme_id", "label")) if version else {}
    return ThemeChoiceField(
        queryset=Theme.objects.filter(pk__in=labels),
        labels=labels,
        label="Which theme is it?",
        empty_label="Choose a theme",
        initial=initial,
    )


class JoinForm(NamedForm):
    """Choose a theme of the version in force; the theme most frequent among similar texts is preselected."""

    def __init__(self, *args, suggestion, **kwargs):
        super().__init__(*args, **kwargs)
        close = [one["theme"] for one in suggestion.overlap]
        self.fields["theme"] = build_theme_field(suggestion.consultation, close[0] if close else None)
        self.fields["phrases"] = PhrasesField(
            label="Example phrases for the theme", help_text=PHRASES_HELP, initial=suggestion.phrases
        )


class NewWordForm(forms.Form):
    """A new word, and the theme that takes it."""

    word = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"] = build_theme_field(consultation)


class WordForm(ButtonForm):
    word = forms.CharField(required=False)


class DismissSuggestionForm(NamedForm):
    reason = forms.ChoiceField(choices=DismissalReason, widget=forms.RadioSelect, label="Why?")
    note = forms.CharField(max_length=300, required=False, label="A note for your colleagues")

    def clean(self):
        found = super().clean()
        if found.get("reason") == DismissalReason.OTHER and not found.get("note"):
            self.add_error("note", "Say in a few words what the reason is.")
        return found


class MergeSuggestionsForm(forms.Form):
    """At least two open suggestions of one consultation; the largest gives its name."""

    chosen = forms.ModelMultipleChoiceField(
        queryset=Suggestion.objects.none(), error_messages={"required": "Tick at least two suggestions."}
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = Suggestion.objects.of(consultation).open()
