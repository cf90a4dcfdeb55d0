from django import forms

from insights.coding.models import Theme


class CodeForm(forms.Form):
    """Every theme of the codebook in force; the machine's proposals stand first and are ticked until a person chooses."""

    themes = forms.ModelMultipleChoiceField(queryset=Theme.objects.none(), required=False)
    memo = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), label="A note for your colleagues"
    )

    def __init__(self, *args, version, text, proposals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(entries__version=version)
        self.confidence = {code.theme_id: code for code in proposals}
        status = getattr(text, "status", None)
        if status is not None:
            self.chosen = set(text.codes.by_people().values_list("theme_id", flat=True))
            self.initial["memo"] = status.memo
        else:
            self.chosen = {code.theme_id for code in proposals}
        if self.is_bound:
            self.chosen = {int(value) for value in self.data.getlist("themes") if value.isdigit()}
        self.entries = list(version.entries.select_related("theme"))

    @property
    def proposed(self):
        """(entry, ticked, proposal), the most certain first."""
        entries = [entry for entry in self.entries if entry.theme_id in self.confidence]
        entries.sort(key=lambda entry: -self.confidence[entry.theme_id].confidence)
        return [(entry, entry.theme_id in self.chosen, self.confidence[entry.theme_id]) for entry in entries]

    @property
    def others(self):
        """(family, [(entry, ticked)]) for the rest of the codebook."""
        families = {}
        for entry in self.entries:
            if entry.theme_id not in self.confidence:
                families.setdefault(entry.family or "Themes", []).append((entry, entry.theme_id in self.chosen))
        return list(families.items())
