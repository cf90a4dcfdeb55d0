"""Forms of double coding. The second coder's form holds the codebook and no earlier choice."""

from django import forms
from django.contrib.auth import get_user_model

from consultation.access import list_people_with
from insights.coding.agreement import double_coding_sampling
from insights.coding.blind_samples.models import SettledChoice
from insights.coding.models import Theme
from insights.coding.theme_hierarchy import nest_sub_themes

STANCES = (("", "No stance"), ("agrees", "Agrees"), ("disagrees", "Disagrees"), ("mixed", "Mixed"))
NOTE = forms.Textarea(attrs={"rows": 2, "dir": "auto"})


class DrawSampleForm(forms.Form):
    size = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label="How many answers")
    second = forms.ModelChoiceField(
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label="Anyone who did not code it first",
        label="Who codes them again",
        help_text="Nobody gets an answer that they coded first.",
    )

    def __init__(self, *args, available, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset = list_people_with("insights.code_themes").order_by("email")
        self.fields["size"].choices = [
            (size, f"{size} answers: agreement known to about {width:.2f} to each side")
            for size, width in double_coding_sampling.offer_sample_sizes(available)
        ]


class ThemeSelectionForm(forms.Form):
    """Themes of one codebook version, by family; none is ticked in advance."""

    themes = forms.ModelMultipleChoiceField(queryset=Theme.objects.none(), required=False)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(entries__version=version)
        self.entries = [entry for entry, _ in nest_sub_themes(version.entries.select_related("theme"))]

    @property
    def families(self):
        """[(family, [(entry, ticked, stance)])]"""
        ticked = {str(getattr(value, "pk", value)) for value in self["themes"].value() or ()}
        stances, found = getattr(self, "stances", {}), {}
        for entry in self.entries:
            id_ = str(entry.theme_id)
            found.setdefault(entry.family or "Themes", []).append((entry, id_ in ticked, stances.get(id_, "")))
        return list(found.items())


class BlindCodingForm(ThemeSelectionForm):
    """Each theme has its stance beside it, in a field of its own: `stance-<theme id>`."""

    note = forms.CharField(required=False, widget=NOTE, label="A note for your colleagues")
    STANCES = STANCES

    @property
    def stances(self):
        if not self.is_bound:
            return self.initial.get("stances", {})
        told = {str(entry.theme_id): self.data.get(f"stance-{entry.theme_id}", "") for entry in self.entries}
        return {theme: stance for theme, stance in told.items() if stance in dict(STANCES) and stance}


class SettleDisagreementForm(ThemeSelectionForm):
    kept = forms.ChoiceField(choices=SettledChoice, widget=forms.RadioSelect, label="What stands")
    reason = forms.CharField(
        widget=NOTE, label="Why", help_text="A sentence that helps the next coder. Write nothing about a person."
    )
