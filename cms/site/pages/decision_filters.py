"""Filters of the public decision list: survey, area of life, theme, outcome, whether it helped.

The query string is neutral to anyone who sees the screen (A3): themes appear as numbers, and themes with a sensitive
name cannot be chosen.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils.text import slugify

from cms.site.pages.decision_cards import titles_in
from consultation.interface_text import get_text
from consultation.interface_text.text_table import WORDS
from consultation.surveys.models import ConsultationPage
from insights.coding.models import ThemeEntry
from insights.decisions.models import Citation, Decision, DecisionOutcome
from insights.decisions.neutral_titles import NOT_NEUTRAL
from insights.decisions.outcomes.models import OutcomeUpdate, OutcomeVerdict
from insights.publications.results_page import short_theme_name

FILTER_NAMES = ("survey", "about", "theme", "answer", "helped")
LATE = "late"


class DecisionFilter:
    """The filters from the query string, and the available options. An unknown value matches nothing."""

    def __init__(self, data, language, shown):
        self.language, self._shown = language, shown
        self.survey, self.about, self.theme, self.answer, self.helped = (
            data.get(name, "").replace("\0", "").strip()[:80] for name in FILTER_NAMES
        )

    @property
    def given_values(self):
        return {name: value for name in FILTER_NAMES if (value := getattr(self, name))}

    @property
    def query(self):
        return f"?{urlencode(self.given_values)}" if self.given_values else ""

    def filter_decisions(self, decisions, today):
        if self.survey:
            decisions = decisions.filter(consultations__slug=self.survey)
        if self.about:
            themes = [pk for pk, (slug, _) in self._areas_of_themes().items() if slug == self.about]
            decisions = decisions.filter(citations__theme__in=themes)
        if self.theme:
            theme = int(self.theme) if _is_number(self.theme) else 0
            decisions = decisions.filter(citations__theme=theme)
        if self.answer == LATE:
            decisions = decisions.in_force().late(today)
        elif self.answer:
            decisions = decisions.filter(outcome=self.answer)
        if self.helped:
            newest = OutcomeUpdate.objects.published().filter(decision=OuterRef("pk")).values("verdict")[:1]
            decisions = decisions.annotate(helped=Subquery(newest)).filter(helped=self.helped)
        return decisions.distinct()

    @property
    def fields(self):
        """[(name, label key, [(value, text, is English, is chosen)])]."""
        offered = {
            "survey": ("choose.survey", self._list_survey_options()),
            "about": ("choose.about", self._list_area_options()),
            "theme": ("choose.theme", self._list_theme_options()),
            "answer": ("choose.answer", self._list_outcome_options()),
            "helped": ("came.title", self._list_verdict_options()),
        }
        return [
            (name, key, [(*option, option[0] == getattr(self, name)) for option in options])
            for name, (key, options) in offered.items()
            if options
        ]

    def _list_survey_options(self):
        pages = ConsultationPage.objects.filter(pk__in=Decision.objects.published().values("consultations"))
        pages = list(pages.defer("body").order_by("title"))
        titles = titles_in(pages, self.language)
        return [(page.slug, *titles[page.pk]) for page in pages]

    def _list_area_options(self):
        found = sorted(dict(self._areas_of_themes().values()).items())
        return [
            (slug, get_text(f"area.{slug}"), False) if f"area.{slug}" in WORDS else (slug, family, True)
            for slug, family in found
        ]

    def _areas_of_themes(self):
        """{theme id: (slug, name) of its area of life}, for themes that published decisions cite."""
        cited = _published_citations().filter(theme__entries__version=F("codebook_version"))
        families = dict(cited.values_list("theme", "theme__entries__family"))
        return {
            theme: (slug, family)
            for theme, family in families.items()
            if (slug := slugify(family)) and not NOT_NEUTRAL.search(family)
        }

    def _list_theme_options(self):
        entry = ThemeEntry.objects.filter(version=OuterRef("codebook_version"), theme=OuterRef("theme"))
        cited = _published_citations().annotate(label=Subquery(entry.values("label")[:1]))
        found = {}
        for theme, page, label in cited.values_list("theme", "release__consultation", "label"):
            short = short_theme_name(self._shown[page], theme, self.language) if page in self._shown else None
            if short or theme not in found:
                found[theme] = (short.text, short.in_english) if short else (label or "", self._is_foreign)
        quiet = [(str(theme), *name) for theme, name in found.items() if name[0] and not NOT_NEUTRAL.search(name[0])]
        return sorted(quiet, key=lambda option: option[1].casefold())

    def _list_outcome_options(self):
        given = set(Decision.objects.published().values_list("outcome", flat=True))
        answers = [(value, get_text(f"outcome.{value}"), False) for value in DecisionOutcome.values if value in given]
        return [*answers, (LATE, get_text("choose.late"), False)] if answers else []

    def _list_verdict_options(self):
        given = set(OutcomeUpdate.objects.published().values_list("verdict", flat=True))
        return [(value, get_text(f"came.{value}"), False) for value in OutcomeVerdict.values if value in given]

    @property
    def _is_foreign(self):
        return self.language != settings.LANGUAGE_CODE


def _published_citations():
    return Citation.objects.filter(decision__in=Decision.objects.published()).order_by()


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 10
