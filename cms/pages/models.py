"""The public pages around the consultations."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from consultation.questionnaires.listing import listing, live_languages
from consultation.questionnaires.translating.publishing import CheckedFirst


class HomePage(Page):
    """`/<lang>/`: what is open, what comes, what has closed."""

    intro = models.TextField(blank=True, help_text="Empty: the words of the interface, in each language.")
    content_panels = Page.content_panels + [FieldPanel("intro")]
    template = "cms/pages/home_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.InformationPage", "consultation.ConsultationIndexPage"]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"listing": listing(self.locale.language_code), "language_links": live_languages(self)}

    def permissions_for_user(self, user):
        return CheckedFirst(user, self)


class InformationPage(Page):
    """Privacy, safer browsing, accessibility: words that officers keep."""

    intro = models.TextField(blank=True)
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "ol", "ul", "link"])
    content_panels = Page.content_panels + [FieldPanel("intro"), FieldPanel("body")]
    template = "cms/pages/information_page.html"
    subpage_types: list[str] = []

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"language_links": live_languages(self)}

    def permissions_for_user(self, user):
        return CheckedFirst(user, self)
