"""Search forms. All values are in the address, so that a page can be bookmarked and shared; invalid values are
ignored."""

from django import forms
from django.conf import settings

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.coding.codebook_in_force import codebook_version, question_texts
from insights.coding.models import Codebook
from insights.releases.models import Release
from insights.search import search_scopes
from insights.search.search_terms import MOST_LETTERS, parse_terms

HOW = "All words are looked for. “light” finds “lights” too; put words in quotation marks to find exactly these."
WORDS = forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off", "spellcheck": "false"})


def _build_select_field(label, choices, first="All"):
    return forms.ChoiceField(label=label, required=False, choices=[("", first), *choices])


class TextSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=MOST_LETTERS, label="Words", help_text=HOW, widget=WORDS)

    @property
    def chosen(self):
        """{field: valid value}."""
        if self._errors is None:
            self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def terms(self):
        return parse_terms(self.chosen.get("q", ""))

    @property
    def chosen_filters(self):
        return self.chosen.keys() - {"q"}


class AnswerSearchForm(TextSearchForm):
    """For coders. A question can be chosen once a consultation is chosen."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.pages = {page.slug: page for page in handover.list_consultations()}
        self.fields["consultation"] = _build_select_field(
            "Consultation", [(slug, page.title) for slug, page in self.pages.items()]
        )
        self.page = self.pages.get(self.data.get("consultation", ""))
        if self.page:
            self.fields["question"] = _build_select_field("Question", self._list_question_choices())
        self.fields["theme"] = _build_select_field("Theme", self._list_theme_choices(), "Any")
        self.fields["language"] = _build_select_field("Written in", settings.LANGUAGES, "Any language")
        coded = [("yes", "Coded by a person"), ("no", "Not coded yet")]
        self.fields["coded"] = _build_select_field("Coding", coded, "Coded or not")

    def _list_question_choices(self):
        written = {
            item["id"]
            for version in handover.list_versions(self.page)
            for item in Questionnaire(version.content).texts
        }
        return [(id_, text) for id_, text in question_texts(self.page).items() if id_ in written]

    def _list_theme_choices(self):
        """Themes of the consultation's codebook, else of all codebook versions in force."""
        in_force = [codebook_version(self.page)] if self.page else [one.current for one in Codebook.objects.all()]
        entries = [entry for version in in_force if version for entry in version.entries.select_related("theme")]
        return sorted(((str(entry.theme_id), entry.label) for entry in entries), key=lambda pair: pair[1])

    def scope(self):
        chosen = self.chosen
        page = self.pages.get(chosen.get("consultation", ""))
        return search_scopes.AnswerSearch(
            versions=tuple(version.pk for version in handover.list_versions(page)) if page else (),
            question=chosen.get("question", ""),
            language=chosen.get("language", ""),
            theme=int(chosen["theme"]) if "theme" in chosen else None,
            coded={"yes": True, "no": False}.get(chosen.get("coded", "")),
            user=self.user,
        )


class QuoteSearchForm(TextSearchForm):
    """For all who read reports. It narrows by release and theme, as the theme pages do, and by nothing else."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        published = Release.objects.published().select_related("consultation", "codebook_version")
        self.releases = {str(one.pk): one for one in published.order_by("-published_on", "-pk")}
        named = [(key, f"{one.consultation.title}, release {one.number}") for key, one in self.releases.items()]
        self.fields["release"] = _build_select_field("Report", named, "The newest of each consultation")
        self.fields["theme"] = _build_select_field("Theme", self._list_theme_choices(), "Any")

    def _list_theme_choices(self):
        """Every theme of the releases' codebooks, with or without quotes, so that the list reveals nothing."""
        release = self.releases.get(self.data.get("release", ""))
        among = [release] if release else list(self.releases.values())
        versions = {one.codebook_version_id: one.codebook_version for one in among}
        labels = {}
        for _, version in sorted(versions.items()):
            labels |= {str(entry.theme_id): entry.label for entry in version.entries.all()}
        return sorted(labels.items(), key=lambda pair: pair[1])

    def scope(self):
        chosen = {name: int(self.chosen[name]) for name in ("release", "theme") if name in self.chosen}
        return search_scopes.QuoteSearch.of(self.user, **chosen)
