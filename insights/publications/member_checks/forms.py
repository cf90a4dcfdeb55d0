from django import forms

from insights.decisions.addable_rows import DayInput
from insights.publishing.forms import AREA, PublicWordsForm


class MemberCheckWordsForm(PublicWordsForm):
    names = field_order = ("name", "summary", "easy")

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


class MemberCheckForm(MemberCheckWordsForm):
    opens = forms.DateField(widget=DayInput, label="First day")
    closes = forms.DateField(widget=DayInput, label="Last day", help_text="Two to four weeks are enough.")

    @property
    def opened(self):
        return super().opened if self.initial.get("name") else ""

    def given_values(self):
        return super().given_values() | {name: self.cleaned_data[name] for name in ("opens", "closes")}
