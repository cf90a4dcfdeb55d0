from django import forms

from insights.decisions.edit_conflicts import ConflictAwareForm
from insights.decisions.models import TRANSLATED_FIELDS
from insights.forms import ButtonForm


class PublicWordsForm(ConflictAwareForm):
    """Short words for everyone, in the fields `names`; with `english`, a translation of them."""

    names: tuple[str, ...] = ()

    easy = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        label="The same in easy read",
        help_text="One idea a sentence, 15 words at most.",
    )

    def __init__(self, *args, english=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.names if english is not None else ():
            self.fields[name].required = False
            self.fields[name].help_text = english.get(name, "")
            self.fields[name].widget.attrs["dir"] = "auto"

    def given_values(self):
        return {"words": {name: self.cleaned_data[name].strip() for name in self.names}}


class DecisionTranslationForm(ConflictAwareForm):
    """The translation of a decision: one field for each English text that is not empty."""

    machine = forms.BooleanField(required=False, label="A computer wrote these words")

    def __init__(self, *args, decision, language, **kwargs):
        super().__init__(*args, **kwargs)
        stored = decision.translations.get(language, {})
        for name in TRANSLATED_FIELDS:
            if (english := getattr(decision, name)) and english != "none":
                self._add_words_field(name, decision._meta.get_field(name).verbose_name, english, stored.get(name, ""))
        for name, english in decision.easy.items():
            if isinstance(english, str) and english:
                label = f"{name.replace('_', ' ')}, easy read"
                self._add_words_field(f"easy_{name}", label, english, (stored.get("easy") or {}).get(name, ""))
        for note in decision.progress_notes.all():
            label = f"How it goes, {note.day:%-d %B %Y}"
            self._add_words_field(f"note_{note.pk}", label, note.words.get("en", ""), note.words.get(language, ""))
        self.initial["machine"] = stored.get("machine", bool(stored))
        self.order_fields([name for name in self.fields if name != "machine"])

    def _add_words_field(self, name, label, english, stored):
        self.fields[name] = forms.CharField(
            required=False,
            label=label[:1].upper() + label[1:],
            help_text=english,
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        )
        self.initial[name] = stored

    def given_values(self):
        data = self.cleaned_data
        found = {name: data[name] for name in TRANSLATED_FIELDS if data.get(name)}
        found["easy"] = {n.removeprefix("easy_"): data[n] for n in data if n.startswith("easy_") and data[n]}
        found["notes"] = {int(n.removeprefix("note_")): data[n] for n in data if n.startswith("note_")}
        return {"words": found | {"machine": data["machine"]}}


class ConfirmTranslationForm(ButtonForm):
    """Confirm a translation that others wrote."""

    looked_at = forms.CharField(widget=forms.HiddenInput)
    speaker = forms.CharField(
        required=False,
        max_length=120,
        label="Who read it with you",
        help_text="If you do not speak this language: the name of the person who does. Leave it empty if you do.",
    )
