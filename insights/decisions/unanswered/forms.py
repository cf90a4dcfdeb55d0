"""Filters of the page, all in the address; and the form to dismiss an alert."""

from django import forms

from consultation import handover
from consultation.domain.strategy_points import list_strands

SECTIONS = (
    ("waiting", "Themes without a decision"),
    ("strands", "The strategy"),
    ("late", "Promises past their day"),
    ("stale", "Newer evidence against a decision"),
    ("audiences", "Who never moved a decision"),
)


class UnansweredFilterForm(forms.Form):
    way = forms.ChoiceField(required=False, label="Show", choices=[("", "Everything"), *SECTIONS])
    consultation = forms.ChoiceField(required=False, label="Consultation")
    strand = forms.ChoiceField(required=False, label="Strand of the strategy")
    gravity = forms.ChoiceField(
        required=False,
        label="Gravity",
        choices=[("", "Every theme"), ("2", "Some worry, and serious"), ("3", "Serious")],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pages = [(page.slug, page.title) for page in handover.list_consultations()]
        self.fields["consultation"].choices = [("", "All"), *pages]
        self.fields["strand"].choices = [("", "All"), *((str(one["id"]), one["label"]) for one in list_strands())]

    @property
    def chosen(self):
        """The filters that are set and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def fits(self, spoken):
        chosen = self.chosen
        return (
            chosen.get("consultation", spoken.release.consultation.slug) == spoken.release.consultation.slug
            and (not chosen.get("strand") or chosen["strand"] in spoken.strands)
            and spoken.entry.gravity >= int(chosen.get("gravity", 1))
        )


class DismissAlertForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why does the decision stand?",
        help_text="It is kept with your name, and the ledger has it. A still newer release can raise the alert again.",
    )
