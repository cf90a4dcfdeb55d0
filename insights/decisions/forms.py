"""Forms of the decisions' pages. The rules are the domain's (actions._check); the forms only ask."""

from django import forms

from consultation import handover
from insights.coding.models import Theme, ThemeEntry
from insights.decisions.models import Bearing, Decision
from insights.reports.models import Quote, Release


class DecisionForm(forms.ModelForm):
    consultations: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None, widget=forms.CheckboxSelectMultiple, label="Which consultations does it answer?"
    )

    class Meta:
        model = Decision
        fields = [
            "title", "consultations", "we_asked", "you_said", "outcome", "we_did", "reason", "alternative",
            "lead_role", "agency", "decided", "due", "next_update", "progress", "measure",
        ]  # fmt: skip
        labels = {
            "we_asked": "We asked",
            "you_said": "You said",
            "we_did": "We did, or we will",
            "lead_role": "Who leads (a job, not a name)",
            "due": "Done by",
            "next_update": "Next news on",
            "measure": "How we will know that it worked",
        }
        help_texts = {
            "title": "Short and plain: a child reads it.",
            "you_said": "In the words of the themes. Numbers come from the release you cite.",
            "reason": "Needed for partly, not now and no. The true reason, even if it is money.",
            "alternative": "Needed for partly, not now and no: what you can do in its place, or “none”.",
        }
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("decided", "due", "next_update")} | {
            "we_asked": forms.Textarea(attrs={"rows": 2})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consultations"].queryset = handover.consultations()

    def _post_clean(self):
        """The domain checks (actions._check), so that each error has one home."""


class CiteForm(forms.Form):
    """Step two of a citation, when the release is chosen: its theme, perhaps some of its words, and how they bear."""

    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label="Theme")
    bearing = forms.ChoiceField(
        choices=Bearing, widget=forms.RadioSelect, initial=Bearing.SUPPORTS, label="How it bears"
    )
    quotes = forms.ModelMultipleChoiceField(
        queryset=Quote.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Words to cite"
    )

    def __init__(self, *args, release, theme=None, **kwargs):
        super().__init__(*args, **kwargs)
        entries = ThemeEntry.objects.filter(version=release.codebook_version).select_related("theme")
        self.fields["theme"].queryset = Theme.objects.filter(entries__in=entries)
        labels = {entry.theme_id: entry.label for entry in entries}
        self.fields["theme"].label_from_instance = lambda found: labels[found.pk]
        if theme is not None:
            quotes = Quote.objects.filter(release=release, theme=theme, erased=False).order_by("-featured", "pk")
            self.fields["quotes"].queryset = quotes
            self.fields["quotes"].label_from_instance = lambda quote: quote.text
            self.initial["theme"] = theme


class ReleaseForm(forms.Form):
    release = forms.ModelChoiceField(queryset=Release.objects.published().select_related("consultation"))
