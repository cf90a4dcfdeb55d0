"""Pages of news and campaigns: one officer writes, another publishes."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from cms.site.news import news_listing
from cms.site.news.news_blocks import NewsBodyBlock, published_picture
from consultation.surveys import approval_rules
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.models import Audience
from consultation.surveys.settings_panels import build_settings_panels


class NewsIndexPage(approval_rules.ApprovedPage, Page):
    """`/<lang>/news/`: filtered by theme, audience and year."""

    intro = models.TextField(blank=True)
    content_panels = [HelpPanel(approval_rules.SAID_IN_EDITOR), *Page.content_panels, FieldPanel("intro")]
    settings_panels = build_settings_panels()
    subpage_types = ["cms.NewsPage", "cms.CampaignPage"]
    max_count_per_parent = 1
    template = "cms/site/news/index_page.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs) | {"language_links": list_live_languages(self)}
        return context | news_listing.build_news_context(NewsPage.objects.all(), self, request.GET)

    def permissions_for_user(self, user):
        return approval_rules.IndexPermissions(user, self)


class NewsPageForm(WagtailAdminPageForm):
    """For a callable default Django renders a hidden initial value, which Wagtail's panels omit: every approval would
    look like an edit by the approver.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "day" in self.fields:
            self.fields["day"].show_hidden_initial = False


class NewsPage(approval_rules.ApprovedPage, Page):
    """A piece of news. No sharing buttons: they would reveal readers to other hosts."""

    day = models.DateField(default=timezone.localdate)
    summary = models.TextField(help_text="One or two short sentences, shown in lists.")
    audience = models.CharField("who it is for", max_length=24, choices=Audience, default=Audience.CHILDREN)
    themes = models.CharField(max_length=120, blank=True, help_text="A few words with commas: parks, buses.")
    body = StreamField(NewsBodyBlock(), blank=True)
    objects = PageManager.from_queryset(news_listing.NewsQuerySet)()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("day"), FieldPanel("audience"), FieldPanel("themes")], heading="When and for whom"
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    base_form_class = NewsPageForm
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/site/news/news_page.html"

    @property
    def theme_list(self):
        return news_listing.split_themes(self.themes)

    @property
    def picture(self):
        """The first picture, for link previews."""
        first = next((block.value for block in self.body if block.block_type == "picture"), None)
        kept = published_picture(first["picture"]) if first else None
        return kept and kept | {"alt": first["alt"]}

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "language_links": list_live_languages(self) if self.pk else [],
            "for_whom": news_listing.FOR_WHOM[self.audience],
        }


class CampaignPage(NewsPage):
    """News with a start, an end, and the consultations that it promotes."""

    starts = models.DateField()
    ends = models.DateField()
    consultations = ParentalManyToManyField("consultation.ConsultationPage", blank=True, related_name="+")

    content_panels = [
        *NewsPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("starts"),
                FieldPanel("ends"),
                FieldPanel("consultations", widget=forms.CheckboxSelectMultiple),
            ],
            heading="The campaign",
        ),
    ]
    parent_page_types = ["cms.NewsIndexPage"]
    template = "cms/site/news/news_page.html"

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "It ends before it starts: look at the two days."})

    @property
    def picture(self):
        """Its own picture, or the one that is drawn of its title."""
        drawn = {"src": reverse("share-image", args=[self.pk]), "alt": self.title} if self.pk else None
        return super().picture or drawn

    @property
    def is_over(self):
        return self.ends < timezone.localdate()

    @property
    def state(self):
        if not self.live:
            return "Not published"
        return "Over" if self.is_over else "To come" if self.starts > timezone.localdate() else "Runs"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "campaign": self,
            "asks": news_listing.list_campaign_consultations(self),
        }


class CampaignEvaluation(models.Model):
    """The consultation that asks whether a campaign reached people."""

    campaign = models.OneToOneField(CampaignPage, on_delete=models.CASCADE, related_name="evaluation")
    consultation = models.OneToOneField(
        "consultation.ConsultationPage", on_delete=models.CASCADE, related_name="evaluates"
    )

    def __str__(self):
        return f"evaluation of {self.campaign}"


__all__ = ["CampaignEvaluation", "CampaignPage", "NewsIndexPage", "NewsPage"]
