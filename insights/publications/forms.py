from itertools import groupby

from django import forms

from consultation import handover
from insights.publications.models import Results
from insights.publications.results_page import build_results_page, list_other_audiences
from insights.publishing.edit_conflicts import ConflictAwareForm
from insights.publishing.forms import AREA
from insights.publishing.records import SOURCE

THEMES = 8
FOR_OTHERS = "What it means for them, and what they can do. The page shows it, and a poster of their own."


def main_themes(results: Results) -> list[tuple[str, str]]:
    """(id, label) of the themes with most people, which need a name that a child knows."""
    rows = [row for row in results.release.theme_rows() if row["value"]]
    rows.sort(key=lambda row: (-row["value"], row["label"]))
    return [(row["id"], row["label"]) for row in rows[:THEMES]]


class ResultsForm(ConflictAwareForm):
    """The words of an edition, in English or in another `language`."""

    heard = forms.CharField(
        max_length=900,
        widget=forms.Textarea(attrs=AREA),
        label="What people told us",
        help_text="Two to five short sentences, for a child of nine. Say the hard things too.",
    )
    heard_easy = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs=AREA),
        label="The same in easy read",
        help_text="One idea a sentence, 15 words at most. Without it nothing is published.",
    )
    next = forms.CharField(
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs=AREA),
        label="What happens now",
        help_text="Who looks at this, and when. A job, not a name.",
    )

    def __init__(self, *args, results, language=SOURCE, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = ()
        stored, english = results.words.get(language) or {}, results.words.get(SOURCE) or {}
        self.initial |= {name: stored.get(name, "") for name in ("heard", "heard_easy", "next")}
        self._add_other_audiences(results, stored.get("for") or {}, english.get("for") or {})
        names, given = stored.get("themes") or {}, english.get("themes") or {}
        for key, label in main_themes(results):
            shown = given.get(key) or label
            self.fields[f"theme_{key}"] = forms.CharField(
                required=False,
                max_length=80,
                label=f"“{shown}”" if language != SOURCE else f"“{label}” in short words",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.initial[f"theme_{key}"] = names.get(key, "")
        if language != SOURCE:
            self._become_translation(stored, english)
        else:
            self._add_picks(results)

    def _add_picks(self, results):
        self.items = build_results_page(results).pickable
        self.fields["picked"] = forms.MultipleChoiceField(
            required=False,
            choices=[(item.reference, item.title.text) for item in self.items],
            widget=forms.CheckboxSelectMultiple,
            label="Shown beside the words",
        )
        self.initial["picked"] = results.picked

    @property
    def words_fields(self):
        return [field for field in self if field.name != "picked"]

    @property
    def picks(self):
        """[(kind of item, [(title, [(checkbox, item)])])] of what the release offers."""
        boxes = zip(self["picked"], self.items, strict=True) if self.items else ()
        kinds = groupby(boxes, key=lambda pair: pair[1].reference.partition("/")[0])
        return [
            (kind, [(title, list(some)) for title, some in groupby(pairs, key=lambda pair: pair[1].title)])
            for kind, pairs in kinds
        ]

    def _become_translation(self, stored, english):
        """Someone else confirms it (ConfirmTranslationForm)."""
        for name in ("heard", "heard_easy", "next"):
            self.fields[name].required = False
            self.fields[name].help_text = english.get(name, "")
        self.fields["machine"] = forms.BooleanField(required=False, label="A computer wrote these words")
        self.initial["machine"] = stored.get("machine", False)

    def _add_other_audiences(self, results, stored, english):
        for audience in list_other_audiences(results):
            self.fields[f"for_{audience}"] = forms.CharField(
                required=False,
                max_length=400,
                widget=forms.Textarea(attrs=AREA),
                label=f"For {dict(handover.AUDIENCES)[audience].lower()}",
                help_text=english.get(audience) or FOR_OTHERS,
            )
            self.initial[f"for_{audience}"] = stored.get(audience, "")

    def given_values(self):
        data = self.cleaned_data
        themes = {name.removeprefix("theme_"): data[name] for name in data if name.startswith("theme_") and data[name]}
        told = {name: data[name].strip() for name in ("heard", "heard_easy", "next")}
        others = {name.removeprefix("for_"): data[name] for name in data if name.startswith("for_") and data[name]}
        told |= {"themes": themes} | ({"for": others} if others else {})
        picked = {"picked": data["picked"]} if "picked" in data else {}
        return picked | {"words": told | ({"machine": data["machine"]} if "machine" in data else {})}


class MoveAnswerDayForm(forms.Form):
    to = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}),
        label="The new day",
        help_text="People are told it, and the day that it was before.",
    )
    why = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs=AREA),
        label="Why",
        help_text="In plain words. Everyone can read it, and it stays.",
    )

    def given_values(self):
        return {"to": self.cleaned_data["to"], "why": {SOURCE: self.cleaned_data["why"]}}
