from django import forms

from insights.forms import SeenStateForm
from insights.publishing.edit_conflicts import ConflictAwareForm

AREA = {"rows": 3, "dir": "auto"}


class PublicWordsForm(ConflictAwareForm):
    """Short words for everyone, in the fields `names`; with `english`, a translation of them."""

    names: tuple[str, ...] = ()

    easy = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs=AREA),
        label="The same in easy read",
        help_text="One idea a sentence, 15 words at most.",
    )

    def __init__(self, *args, english=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.names if english is not None else ():
            self.fields[name].required = False
            self.fields[name].help_text = english.get(name, "")
            self.fields[name].widget.attrs["dir"] = "auto"
        if english is not None:
            self.fields["machine"] = forms.BooleanField(required=False, label="A computer wrote these words")
            self.initial["machine"] = self.initial.get("machine", any(self.initial.values()))

    def given_values(self):
        words = {name: self.cleaned_data[name].strip() for name in self.names}
        return {"words": words | ({"machine": self.cleaned_data["machine"]} if "machine" in self.fields else {})}


class ConfirmTranslationForm(SeenStateForm):
    seen_state = forms.CharField(required=False, widget=forms.HiddenInput)
    speaker = forms.CharField(
        required=False,
        max_length=120,
        label="Who read it with you",
        help_text="If you do not speak this language: the name of the person who does. Leave it empty if you do.",
    )


class PublishForm(SeenStateForm):
    hard_because = forms.CharField(required=False)
