"""Pages to translate a decision and to confirm a translation."""

from django import forms
from django.urls import reverse

from insights.access import VIEW_REPORTS
from insights.decisions import policies
from insights.decisions.models import TRANSLATED_FIELDS, Decision
from insights.decisions.translations import actions
from insights.decisions.views import build_form_context
from insights.publishing.edit_conflicts import ConflictAwareForm
from insights.publishing.views import TranslationPages


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


class DecisionTranslationPages(TranslationPages):
    lifecycle, model, name, key = actions.WORDS, Decision, "decision", "slug"
    may_open = (VIEW_REPORTS, policies.may_draft_or_publish)

    def get_address(self, held):
        return reverse("insights:decision", args=[held.slug])

    def build_form(self, data, held, language):
        return DecisionTranslationForm(data, decision=held, language=language)

    def build_context(self, held, language_name):
        return build_form_context(f"This decision in {language_name}", held)


PAGES = DecisionTranslationPages()
