"""The self-assessment form of one indicator; evidence is one line each: text | address."""

from urllib.parse import urlsplit

from django import forms

from cms.site.hear_by_right.models import AssessmentStage

EVIDENCE_HINT = "Write each as: words | address. The address begins with / (a page here) or https://."


class AssessmentForm(forms.Form):
    stage = forms.ChoiceField(label="How far are we?", choices=AssessmentStage, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What we do, in plain words",
        help_text="Children read this. No names of people.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label="What shows it",
        help_text=EVIDENCE_HINT,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_evidence(self):
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        return [_parse_evidence_line(line) for line in lines]


def _parse_evidence_line(line):
    label, bar, address = (part.strip() for part in line.rpartition("|"))
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    if not bar or not label or not (ours or (parts.scheme == "https" and parts.hostname)):
        raise forms.ValidationError(f"This line is not understood: {line[:80]}. {EVIDENCE_HINT}")
    return {"label": label[:120], "address": address}


def format_evidence(evidence):
    return "\n".join(f"{each['label']} | {each['address']}" for each in evidence)
