"""Forms of member checks. The rules are in actions and policies."""

from django import forms
from django.conf import settings

from insights.decisions.addable_rows import DayInput
from insights.decisions.edit_conflicts import ConflictAwareForm

SOURCE = settings.LANGUAGE_CODE
AREA = {"rows": 3, "dir": "auto"}


class MemberCheckWordsForm(ConflictAwareForm):
    name = forms.CharField(
        max_length=80, label="A short name", help_text="As a child would say it: “Lights”, not “Environmental design”."
    )
    summary = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs=AREA),
        label="What we think people said",
        help_text="One to three short sentences, for a child of nine. Say the hard things too, and nothing that only one "
        "person said.",
    )
    easy = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs=AREA),
        label="The same in easy read",
        help_text="One idea a sentence, 15 words at most.",
    )

    def given_values(self):
        return {"words": {name: self.cleaned_data[name].strip() for name in ("name", "summary", "easy")}}


class MemberCheckForm(MemberCheckWordsForm):
    opens = forms.DateField(widget=DayInput, label="First day")
    closes = forms.DateField(widget=DayInput, label="Last day", help_text="Two to four weeks are enough.")

    @property
    def opened(self):
        return super().opened if self.initial.get("name") else ""

    def given_values(self):
        return super().given_values() | {name: self.cleaned_data[name] for name in ("opens", "closes")}


class MemberCheckTranslationForm(MemberCheckWordsForm):
    def __init__(self, *args, english, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "summary", "easy"):
            self.fields[name].required = False
            self.fields[name].help_text = english.get(name, "")
            self.fields[name].widget.attrs["dir"] = "auto"
