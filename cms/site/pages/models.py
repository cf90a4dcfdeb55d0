"""Page models of the home page, with what stands on it, and of the information pages."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from cms.site.news.models import NewsPage
from cms.site.news.news_listing import mark_english_pages
from consultation.markup import CleanRichTextField
from consultation.reading.response_times.read_figures import get_cached_read_share
from consultation.surveys.approval_rules import (
    SAID_IN_EDITOR,
    ApprovedPage,
    IndexPermissions,
    PermanentPagePermissions,
    WorkflowOnlyPermissions,
)
from consultation.surveys.consultation_listing import list_consultations
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.models import Audience, ConsultationPage
from consultation.surveys.settings_panels import build_settings_panels
from insights.decisions.models import Decision

SOON = timedelta(days=7)
MOST_DECISIONS, MOST_NEWS, MOST_CLOSED = 3, 3, 4
SHOWN_FIELDS = ("title", "you_said")


class HomePage(ApprovedPage, Page):
    """`/<lang>/`: open consultations, decisions, news."""

    intro = models.TextField(blank=True, help_text="Empty: the words of the interface, in each language.")
    content_panels = [HelpPanel(SAID_IN_EDITOR), *Page.content_panels, FieldPanel("intro")]
    settings_panels = build_settings_panels()
    template = "cms/site/pages/home_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.InformationPage", "cms.NewsIndexPage", "consultation.ConsultationIndexPage"]

    def get_context(self, request, *args, **kwargs):
        # Wagtail shows this page for languages without a home page; those addresses must not be indexed.
        request.keep_out = get_language() != self.locale.language_code
        context = super().get_context(request, *args, **kwargs) | {"language_links": list_live_languages(self)}
        return context | build_home_context(self.locale.language_code)

    def permissions_for_user(self, user):
        return IndexPermissions(user, self)


PROMISE_SLUGS = frozenset({"privacy", "privacy-adults"})  # the pages that say when answers are read
FOOTER_SLUGS = frozenset({"safer", "privacy", "privacy-adults", "accessibility", "about"})


class InformationPage(ApprovedPage, Page):
    """Privacy, safer browsing, accessibility and similar pages, edited by officers."""

    intro = models.TextField(blank=True)
    body = CleanRichTextField(blank=True, features=["h2", "h3", "bold", "ol", "ul", "link"])
    easy = CleanRichTextField("easy read", blank=True, features=["h2", "ol", "ul", "link"])
    content_panels = [
        HelpPanel(SAID_IN_EDITOR),
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("easy"),
    ]
    settings_panels = build_settings_panels()
    template = "cms/site/pages/information_page.html"
    subpage_types: list[str] = []

    def get_context(self, request, *args, **kwargs):
        links = list_live_languages(self)
        return super().get_context(request, *args, **kwargs) | {
            "language_links": links,
            "english": self._find_english_page(),
            "read_share": get_cached_read_share() if self.slug in PROMISE_SLUGS else None,
        }

    def _find_english_page(self):
        """The English page, which officers update first; None if this is it."""
        if self.locale.language_code == settings.LANGUAGE_CODE or not self.pk:
            return None
        english = InformationPage.objects.live().filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return english.first()

    def permissions_for_user(self, user):
        """A page of the footer stays where it is in every language: one officer takes a number down, never the page."""
        same = InformationPage.objects.filter(translation_key=self.translation_key)
        in_footer = same.filter(slug__in=FOOTER_SLUGS).exists()
        return (PermanentPagePermissions if in_footer else WorkflowOnlyPermissions)(user, self)


def build_home_context(language):
    shown = list_consultations(ConsultationPage.objects.live(), language, closed_ones=MOST_CLOSED)
    for card in shown.open:
        card.closes_soon = bool(card.state.last_day) and card.state.last_day - shown.today <= SOON
    return {
        "listing": shown,
        "young": [card for card in shown.open if card.source.audience == Audience.CHILDREN],
        "others": [card for card in shown.open if card.source.audience != Audience.CHILDREN],
        "heard": _list_newest_decisions(language),
        "news": mark_english_pages(list(NewsPage.objects.with_english_fallback(language)[:MOST_NEWS]), language),
    }


def _list_newest_decisions(language):
    """The newest decisions of any outcome; `english` names the fields that are not translated."""
    published = Decision.objects.published().order_by("-published_on", "-decided", "title")[:MOST_DECISIONS]
    return [
        {
            "slug": decision.slug,
            "title": decision.said("title", language),
            "you_said": decision.said("you_said", language),
            "outcome": decision.outcome,
            "key": f"outcome.{decision.outcome}",
            "english": {
                name for name in SHOWN_FIELDS if language != "en" and not decision.words_in(language).get(name)
            },
        }
        for decision in published
    ]
