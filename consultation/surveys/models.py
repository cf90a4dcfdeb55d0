"""Consultation pages, and their published versions, which never change."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import Http404
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from consultation.domain.signal_values import collect_return_values
from consultation.surveys import approval_rules, signals
from consultation.surveys.codebook_choices import CodebookSelect
from consultation.surveys.consultation_listing import list_consultations
from consultation.surveys.consultation_state import decide_state, find_state
from consultation.surveys.draft_preview import list_preview_modes, render_preview
from consultation.surveys.forms import ConsultationForm
from consultation.surveys.landing_page import build_landing_context
from consultation.surveys.live_languages import list_live_languages
from consultation.surveys.participation_fields import PARTICIPATION_PANELS, ParticipationFields
from consultation.surveys.question_blocks import QuestionStreamBlock
from consultation.surveys.settings_panels import build_settings_panels
from consultation.surveys.signal_panels import SignalPanel


class ParticipationLevel(models.TextChoices):
    INFORMED = "informed", "Informed"
    CONSULTED = "consulted", "Consulted"
    COLLABORATED = "collaborated", "Collaborated"
    CHILD_LED = "child-led", "Child-led"


class Audience(models.TextChoices):
    CHILDREN = "children-young-people", "Children and young people"
    COMMUNITIES = "communities", "Communities"
    PARENTS = "parents-carers", "Parents and carers"
    PROFESSIONALS = "professionals", "Professionals"


class EvaluationRound(models.TextChoices):
    """When a consultation asks within an evaluation: a set of waves, whose people nothing joins from one to the next."""

    BEFORE = "before", "Before"
    AFTER = "after", "After"
    LATER = "later", "Three months on"
    YEAR = "year", "Each year"


class HelpFirst(models.TextChoices):
    """The help that a survey shows beside "Get help now": of safeguarding.help.needs, with words of its own."""

    CRIME = "crime", "Where to report a crime"
    PAST = "past", "Support for adults who were harmed as children"


ENDED_BY = "It ends on its last day. To end it sooner, use “Stop a survey”."
ALONE = 13  # years: younger children are offered the help of an adult


class ConsultationIndexPage(approval_rules.ApprovedPage, Page):
    """`/<lang>/have-your-say/`: the list of consultations."""

    intro = models.TextField(blank=True)
    content_panels = [HelpPanel(approval_rules.SAID_IN_EDITOR), *Page.content_panels, FieldPanel("intro")]
    # Without its address, which every poster has.
    promote_panels = [FieldPanel(name) for name in ("seo_title", "search_description", "show_in_menus")]
    settings_panels = build_settings_panels()
    subpage_types = ["consultation.ConsultationPage"]
    max_count_per_parent = 1
    template = "consultation/surveys/index_page.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "listing": list_consultations(ConsultationPage.objects.live(), self.locale.language_code),
            "language_links": list_live_languages(self),
        }

    def permissions_for_user(self, user):
        return approval_rules.IndexPermissions(user, self)

    def get_workflow(self):
        """The one of the pages above: its own is that of the consultations below, which a lead checks."""
        return self.get_parent().specific.get_workflow()


class ConsultationQuerySet(PageQuerySet):
    def sources(self):
        """The pages in the source language: one a consultation."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def ever_published(self):
        return self.sources().filter(pk__in=PublishedVersion.objects.values("page_id"))


class ConsultationPage(approval_rules.KeepsSubmittedDrafts, ParticipationFields, Page):  # type: ignore[django-manager-missing]  # the mixin has none of its own
    """One consultation. Publishing the source-language page freezes a PublishedVersion (actions.freeze_version).

    A translation is a page in another locale with the same block ids; only its strings are used.
    """

    summary = models.TextField(help_text="One or two short sentences, shown on the home page.")
    summary_easy = models.TextField("summary, easy read", blank=True)
    audience = models.CharField(max_length=24, choices=Audience, default=Audience.CHILDREN)
    lowest_age = models.PositiveSmallIntegerField(null=True, blank=True)
    highest_age = models.PositiveSmallIntegerField(null=True, blank=True)
    help_first = models.CharField(
        "help to show as well",
        max_length=5,
        choices=HelpFirst,
        blank=True,
        help_text="Shown before the questions and after Send, beside “Get help now”.",
    )
    minutes = models.PositiveSmallIntegerField(default=5, help_text="How long it takes to answer.")
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=12, choices=ParticipationLevel, default=ParticipationLevel.CONSULTED)
    decision_role = models.CharField("who decides (a job, not a name)", max_length=120, blank=True)
    look_date = models.DateField("the date they look", null=True, blank=True)
    can_change = models.TextField("what can change", blank=True)
    can_change_easy = models.TextField("what can change, easy read", blank=True)
    cannot_change = models.TextField("what cannot change, and why", blank=True)
    cannot_change_easy = models.TextField("what cannot change, and why, easy read", blank=True)
    decision_date = models.DateField(null=True, blank=True)
    feedback_date = models.DateField(null=True, blank=True)
    codebook = models.SlugField(default="seed", help_text="The codebook that its answers are coded with.")
    body = StreamField(QuestionStreamBlock(), blank=True, verbose_name="questions")
    code_only = models.BooleanField(
        "only with an invitation code", default=False, help_text="The survey opens with a one-time code alone."
    )
    paper_offered = models.BooleanField(
        "offer the paper form on the page before the survey", default=False, help_text="Officers can always print it."
    )
    # Printed on every form; without them a form is a sheet that nobody knows where to take (see paper_details).
    # A default of the database too: code of the version before saves pages while this one is set up.
    paper_runner = models.CharField(
        "who runs it", max_length=120, blank=True, default="", db_default="",
        help_text="Printed on the form, such as “Rother Council and the police”.",
    )  # fmt: skip
    paper_address = models.CharField(
        "freepost address", max_length=200, blank=True, help_text="Printed on the form. Empty: people hand it in."
    )
    paper_desk = models.CharField(
        "where to hand it in", max_length=200, blank=True, default="", db_default="",
        help_text="Printed on the form: a place and its hours.",
    )  # fmt: skip
    # The earlier consultation that asked the same; their questions have the same ids. None: it is no later wave.
    wave_of = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    evaluation_round = models.CharField(max_length=6, choices=EvaluationRound, blank=True, editable=False)
    free_text_closed = models.BooleanField(default=False, editable=False)
    machine_words = models.BooleanField("a computer translated this page", default=False)
    words_checked_by = models.CharField(
        "checked by", max_length=120, blank=True, help_text="The person who speaks the language and checked the words."
    )

    content_panels = [
        SignalPanel(
            heading="Steps to publishing",
            asked=signals.guide_panel_asked,
            template="consultation/surveys/starting_points/panel.html",
        ),
        SignalPanel(
            heading="Checks",
            asked=signals.checks_panel_asked,
            template="consultation/surveys/editor/checks_panel.html",
        ),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("summary_easy"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("audience", "lowest_age", "highest_age", "minutes", "help_first", "code_only")
            ],
            heading="Who is asked",
        ),
        FieldPanel("codebook", widget=CodebookSelect, classname="collapsed"),
        MultiFieldPanel(
            [FieldPanel(f"paper_{name}") for name in ("offered", "runner", "address", "desk")],
            heading="On paper",
            classname="collapsed",
            help_text="The forms can be printed once they say who runs it, the closing date, and where to post them or "
            "hand them in.",
        ),
        MultiFieldPanel(
            [FieldPanel("machine_words"), FieldPanel("words_checked_by")],
            heading="If this page is a translation",
            classname="collapsed",
        ),
        FieldPanel("body"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(PARTICIPATION_PANELS, heading="How we will listen"),
            ObjectList(Page.promote_panels, heading="Address"),
            ObjectList(build_settings_panels(ENDED_BY), heading="Settings"),
        ]
    )
    base_form_class = ConsultationForm
    two_people_approve = True  # see approval_rules.is_small_correction
    # A translation differs from its source in its texts alone.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("codebook", overridable=False),
        SynchronizedField("help_first", overridable=False),
        *(SynchronizedField(name, overridable=False) for name in ("ways", "answer_phone", "formats", "promise_read")),
    ]
    parent_page_types = ["consultation.ConsultationIndexPage"]
    objects = PageManager.from_queryset(ConsultationQuerySet)()  # type: ignore[django-manager-missing]  # built at run time

    subpage_types: list[str] = []
    template = "consultation/surveys/consultation_page.html"

    def clean(self):
        super().clean()
        wrong_way = self.opens and self.closes and self.closes < self.opens
        if wrong_way and not (self.first_published_at and self.state.stopped):  # on its first day: see close_survey
            raise ValidationError({"closes": "The closing date is before the opening date."})

    @property
    def source(self):
        """The page in the source language: the identity of the consultation."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        return type(self).objects.sources().filter(translation_key=self.translation_key).first() or self

    @property
    def is_translation(self):
        return self.source.pk != self.pk

    @property
    def awaits_check(self):
        """Machine words that no named person has checked (X7)."""
        return self.machine_words and not self.words_checked_by

    def permissions_for_user(self, user):
        return approval_rules.ConsultationPermissions(user, self)

    def publish(self, revision, user=None, *args, skip_permission_checks=False, **kwargs):
        """Publish what the workflow approved, at once or on its go-live date; refuse everything else.

        While a publication condition fails on the go-live date, nothing changes: the sweep tries again each minute.
        """
        if not skip_permission_checks and not approval_rules.may_go_live(revision):
            raise PublishPagePermissionError("A consultation is published by its workflow: hand it on for approval.")
        if not skip_permission_checks and any(
            collect_return_values(signals.publication_blockers_asked, page=revision.as_object())
        ):
            if approval_rules.is_waiting_for_its_date(revision):
                signals.opening_postponed.send(type(self), page=self, revision=revision)
                return None
            raise approval_rules.PublicationBlocked("Something stops it: see “Check this consultation”.")
        allowed = skip_permission_checks or approval_rules.is_approved_by_workflow(revision)
        return super().publish(revision, user, *args, skip_permission_checks=allowed, **kwargs)

    def serve(self, request, *args, **kwargs):
        if not self.source.live:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | build_landing_context(self, request)

    default_preview_mode = "survey"

    @property
    def preview_modes(self):
        return list_preview_modes(self)

    def serve_preview(self, request, mode_name):
        if mode_name == "landing":
            return super().serve_preview(request, mode_name)
        return render_preview(self, mode_name)

    def with_content_json(self, content):
        """A draft older than an emergency closing, a promised answer day or the opening must undo none of them, and no draft
        moves what was published: whoever is filling in its form sends it to this address."""
        page = super().with_content_json(content)
        page.free_text_closed = self.free_text_closed
        if self.first_published_at:
            page.slug = self.slug
        if self.is_open():
            page.opens, page.closes = self.opens, self.closes or page.closes
        if self.is_feedback_date_public:
            page.feedback_date = self.feedback_date
        return page

    @property
    def is_feedback_date_public(self):
        """Whether the day of our answer is public: it then moves only on record, with a public reason."""
        today = timezone.localdate()
        days = [day for day in (self.closes, self.feedback_date) if day]
        return bool(self.first_published_at) and (self.is_open(today) or any(day < today for day in days))

    @property
    def missing_paper_details(self):
        """What a paper form could not tell yet, in words for officers; empty once forms can be printed."""
        details = {
            "who runs it": self.paper_runner,
            "the closing date": self.closes,
            "where to post it or to hand it in": self.paper_address or self.paper_desk,
        }
        return [name for name, value in details.items() if not value]

    @property
    def offers_paper_form(self):
        """Whether respondents may print a form themselves. Never with invitation codes, which it would bypass."""
        return self.paper_offered and not self.code_only and not self.missing_paper_details

    @property
    def asks_under_13s(self):
        """Whether children under 13 are asked, who are offered a helper."""
        return self.audience == Audience.CHILDREN and (self.lowest_age or 0) < ALONE

    @property
    def state(self):
        """Where it stands today, and how that is said (surveys.consultation_state)."""
        return find_state(self.source)

    @property
    def status_string(self):
        """In Wagtail's lists, where “live” would be said of one that has closed: its state, and what waits beside it."""
        said = super().status_string
        return said.replace("live", self.state.label.lower(), 1) if self.live else said

    def is_open(self, today=None):
        """Whether somebody can begin to answer; a stop moves `closes`, so the dates alone tell."""
        today = today or timezone.localdate()
        days = {"opens": self.opens, "closes": self.closes}
        return decide_state(live=self.live, published=True, today=today, **days).is_open


UNCHANGING = "A published version never changes and is kept. Publish the page again to make the next one."


class PublishedVersionQuerySet(models.QuerySet):
    def current(self):
        return self.order_by("-number")

    def update(self, **kwargs):
        raise TypeError(UNCHANGING)

    def delete(self):
        raise TypeError(UNCHANGING)

    def for_slug(self, slug):
        """The newest version of the live consultation with this slug, with its page; None if there is none."""
        return (
            self.filter(page__slug=slug, page__live=True, page__locale__language_code=settings.LANGUAGE_CODE)
            .select_related("page")
            .order_by("-number")
            .first()
        )


class PublishedVersion(models.Model):
    """The questionnaire as people answered it, in every language. Immutable: questionnaire_schema describes `content`."""

    page = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_version_of_a_number")]
        ordering = ["page", "number"]

    def __str__(self):
        return f"{self.page} v{self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(UNCHANGING)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(UNCHANGING)
