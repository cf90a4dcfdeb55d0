"""The public pages around the consultations."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    intro = models.TextField(blank=True)
    content_panels = Page.content_panels + [FieldPanel("intro")]
    template = "cms/pages/home_page.html"
    max_count_per_parent = 1
    subpage_types = ["cms.InformationPage", "consultation.ConsultationIndexPage"]


class InformationPage(Page):
    """Privacy, safer browsing, accessibility: words that officers keep."""

    intro = models.TextField(blank=True)
    body = RichTextField(blank=True, features=["h2", "h3", "bold", "ol", "ul", "link"])
    content_panels = Page.content_panels + [FieldPanel("intro"), FieldPanel("body")]
    template = "cms/pages/information_page.html"
    subpage_types = []
