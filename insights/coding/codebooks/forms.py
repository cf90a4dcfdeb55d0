from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from consultation.domain import strategy_points
from consultation.domain.place_types import PLACE_TYPES
from insights.coding.codebooks import theme_entry_rows
from insights.forms import ButtonForm, FileTrialForm


def _build_text_area(label, help_text="", required=False, most=theme_entry_rows.MOST_LETTERS):
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most, widget=area)


_build_reason_field = partial(_build_text_area, required=True, most=500)


class ThemeLinesField(forms.CharField):
    """A list with one item on each line."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return theme_entry_rows.clean_items((super().to_python(value) or "").splitlines())

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class ThemeEntryForm(forms.Form):
    label = forms.CharField(max_length=160, label="Name", help_text="Short, as people would say it.")
    family = forms.CharField(max_length=60, required=False, label="Family", help_text="The group it stands in.")
    parent = forms.ChoiceField(
        required=False, label="Sub-theme of", help_text="An answer with a sub-theme counts for its theme too."
    )
    definition = _build_text_area("Definition", "What people speak about when an answer gets this theme.")
    include = _build_text_area("In", "What counts, though one might doubt it.")
    exclude = _build_text_area("Out", "What does not count, and which theme it has instead.")
    examples = ThemeLinesField(
        label="Example phrases",
        help_text="One on each line, as people say it. The machine learns from them. No real names.",
    )
    keywords = ThemeLinesField(
        label="Keywords", help_text="One on each line: words that nearly always mean this theme."
    )
    gravity = forms.TypedChoiceField(
        choices=list(theme_entry_rows.GRAVITY.items()),
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
        label="How grave it is",
        help_text="A serious theme is never ranked away for being rare.",
    )
    online = forms.BooleanField(required=False, label="It is about on-line activity")
    place_types = forms.MultipleChoiceField(
        choices=list(PLACE_TYPES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Types of place that it is about",
        help_text="Never the name of a place.",
    )
    links = forms.MultipleChoiceField(required=False, label="Sub-points of the strategy")

    def __init__(self, *args, version, entry=None, families=(), **kwargs):
        initial = kwargs.pop("initial", {})
        if entry is not None:
            initial = (
                theme_entry_rows.row_of_entry(entry) | {"links": [link["sub_point"] for link in entry.links]} | initial
            )
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["links"].choices = list(strategy_points.text_by_sub_point().items())
        themes = version.entries.filter(parent="").exclude(pk=entry.pk if entry else None).select_related("theme")
        choices = [("", "None: it is a theme"), *((other.theme.slug, other.label) for other in themes)]
        self.fields["parent"].choices = choices
        self.families = families
        if families:
            self.fields["family"].widget.attrs["list"] = "families"

    @property
    def entry_fields(self):
        return [
            self[name]
            for name in ("label", "family", "parent", "definition", "include", "exclude", "examples", "keywords")
        ]

    @property
    def strands(self):
        return strategy_points.tick_points(self["links"].value() or ())

    def given_values(self):
        links = [{"sub_point": slug} for slug in self.cleaned_data["links"]]
        return {"row": self.cleaned_data | {"links": links}}


class DescribeVersionForm(forms.Form):
    label = forms.CharField(
        max_length=40, required=False, label="What this version is called", help_text="Or leave it: it has its number."
    )
    why = _build_text_area("What changes, and why", "The second person reads this before they approve.", most=1000)


class NewCodebookForm(forms.Form):
    """A new codebook. Its short name is part of addresses, so it must not equal a fixed part of one."""

    name = forms.CharField(max_length=120, label="What the codebook is called")
    slug = forms.SlugField(
        max_length=50, label="Its short name",
        help_text="Small letters, figures and dashes. A consultation names its codebook by it, so it never changes.",
    )  # fmt: skip

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug == "begin":
            raise ValidationError("Choose another short name.")
        return slug


class CodebookFileForm(FileTrialForm):
    file = forms.FileField(required=False, allow_empty_file=True, label="A YAML or CSV file")


class ThemeOrderForm(ButtonForm):
    to = forms.ChoiceField(choices=[("up", "Higher"), ("down", "Lower")])


class MarkedPhraseForm(ButtonForm):
    phrase = forms.CharField()
    to = forms.ChoiceField(choices=[("examples", "Add to the example phrases"), ("keywords", "Add to the keywords")])


class MergeThemeForm(forms.Form):
    into = forms.ChoiceField(
        label="Into which theme", help_text="This one stays, and takes the phrases and links of both."
    )
    why = _build_reason_field("Why they are one", "Kept with every answer that is recoded.")

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        others = entry.version.entries.exclude(pk=entry.pk).select_related("theme")
        self.entries = {other.theme.slug: other for other in others}
        chosen = [("", "Choose a theme")] + [(slug, other.label) for slug, other in self.entries.items()]
        self.fields["into"].choices = chosen

    def given_values(self):
        return self.cleaned_data | {"into": self.entries[self.cleaned_data["into"]]}


class MoveThemeForm(forms.Form):
    family = forms.CharField(max_length=60, label="To which family", help_text="One that is there, or a new one.")
    why = _build_reason_field("Why it stands there", "Kept with this version.")

    def __init__(self, *args, entry, families=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.families = [family for family in families if family != entry.family]
        self.fields["family"].widget.attrs["list"] = "families"


class RetireThemeForm(forms.Form):
    why = _build_reason_field("Why it is not used any more", "Kept with every answer that had it.")

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)


class SplitThemeForm(forms.Form):
    """Up to four new themes; the first two are required."""

    PARTS = range(1, 5)

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        for n in self.PARTS:
            needed = n <= 2
            self.fields[f"label_{n}"] = forms.CharField(max_length=160, required=needed, label="Name")
            self.fields[f"definition_{n}"] = _build_text_area("Definition")
            self.fields[f"examples_{n}"] = ThemeLinesField(label="Example phrases", help_text="One on each line.")
        self.fields["why"] = _build_reason_field(
            "Why one theme is not enough", "Kept with every answer that people look at again."
        )

    @property
    def parts(self):
        """(number, its fields, whether it is needed, whether a field of it has an error)"""
        fields = {n: [self[f"{name}_{n}"] for name in ("label", "definition", "examples")] for n in self.PARTS}
        return [(n, each, n <= 2, any(field.errors for field in each)) for n, each in fields.items()]

    def clean(self):
        cleaned = super().clean()
        for n in self.PARTS:
            said = cleaned.get(f"definition_{n}") or cleaned.get(f"examples_{n}")
            if said and not cleaned.get(f"label_{n}") and f"label_{n}" not in self.errors:
                self.add_error(f"label_{n}", "Give it a name, or leave all of it empty.")
        labels = [found.casefold() for n in self.PARTS if (found := cleaned.get(f"label_{n}"))]
        if len(set(labels)) < len(labels):
            raise ValidationError("Each new theme needs a name of its own.")
        return cleaned

    def given_values(self):
        """The new themes as rows, and the reason."""
        sent = self.cleaned_data
        rows = [
            {name: sent[f"{name}_{n}"] for name in ("label", "definition", "examples")}
            for n in self.PARTS
            if sent[f"label_{n}"]
        ]
        return {"parts": rows, "why": sent["why"]}
