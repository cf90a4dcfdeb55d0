"""Decisions, the evidence they cite, and the ledger that proves the record was not changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.audit.models import ChainedEntry
from insights.coding.models import CodebookVersion, Theme
from insights.publishing.records import Publishable, build_two_person_constraints, hard_because_field
from insights.releases.models import Figure, Quote, Release


class DecisionOutcome(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_NOW = "not-now", "Not now"
    NO = "no", "No"
    ALREADY = "already", "Already here"
    PASSED_ON = "passed-on", "Passed on"


# Translated fields; the easy read and the progress notes are translated too.
TRANSLATED_FIELDS = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
NEEDS_REASON = (DecisionOutcome.PARTLY, DecisionOutcome.NOT_NOW, DecisionOutcome.NO)


class DecisionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class Progress(models.TextChoices):
    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class FollowKind(models.TextChoices):
    """How a later decision relates to an earlier one."""

    REPLACES = "replaces", "Takes its place"
    AMENDS = "amends", "Changes a part of it"


class DecisionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=DecisionStatus.PUBLISHED)

    def seen_by(self, user):
        """People who write or publish decisions see drafts too; all others see published decisions."""
        decides = any(user.has_perm(f"insights.{verb}_decision") for verb in ("draft", "publish"))
        return self if decides else self.published()

    def in_force(self):
        """Published and not replaced by another published decision."""
        later = Decision.objects.published().filter(follows=models.OuterRef("pk"), follows_how=FollowKind.REPLACES)
        return self.published().exclude(models.Exists(later))

    def of(self, consultation):
        return self.filter(consultations=consultation)

    def late(self, today):
        """Past its due day and neither done nor stopped (P4: late shows as late)."""
        return self.filter(due__lt=today).exclude(progress__in=[Progress.DONE, Progress.STOPPED])


class Decision(Publishable):
    goes_against = True  # whether all that one theme is cited for speaks against it: see `evidence_answers`
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    question = models.CharField(max_length=300, blank=True, help_text="What had to be decided, as one question.")
    consultations = models.ManyToManyField("consultation.ConsultationPage", related_name="+")
    we_asked = models.TextField(blank=True)
    you_said = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    we_did = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    alternative = models.TextField(blank=True, help_text="What we offer in its place, or “none”.")
    lead_role = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    partners = models.JSONField(default=list, blank=True)
    decided = models.DateField()
    due = models.DateField(null=True, blank=True)
    next_update = models.DateField(null=True, blank=True)
    progress = models.CharField(max_length=8, choices=Progress, default=Progress.PLANNED)
    measure = models.TextField(blank=True)
    easy = models.JSONField(default=dict, blank=True)  # {we_asked, you_said, we_did, reason, alternative, measure}
    translations = models.JSONField(
        default=dict, blank=True
    )  # {lang: {title, we_asked, you_said, we_did, reason, ..., machine, writers, checked_by}}
    links = models.JSONField(default=list, blank=True)  # [{strand, sub_point}]
    online = models.BooleanField(default=False)  # about on-line activity (S3): a context, never a kind of respondent
    audiences = models.JSONField(default=list, blank=True)  # audience keys, as consultations use them
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    follows_how = models.CharField(max_length=8, choices=FollowKind, blank=True)
    status = models.CharField(max_length=9, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    hard_because = hard_because_field()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | ~models.Q(outcome__in=["partly", "not-now", "no"])
                | (~models.Q(reason="") & ~models.Q(alternative="")),
                name="no_needs_a_reason_and_an_alternative",
            ),
            *build_two_person_constraints(
                "published_by_and_on_together_or_neither", "two_people_publish_a_decision", maker="created_by"
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=True, follows_how="")
                | models.Q(follows__isnull=False, follows_how__in=["replaces", "amends"]),
                name="follows_and_how_together_or_neither",
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=True) | ~models.Q(follows=models.F("pk")),
                name="a_decision_follows_another_one",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=models.Q(status="published", follows_how="replaces"),
                name="one_decision_takes_anothers_place",
            ),
        ]
        ordering = ["-decided", "title"]

    def __str__(self):
        return self.title

    @property
    def is_late(self):
        unfinished = self.progress not in (Progress.DONE, Progress.STOPPED)
        return bool(self.due) and unfinished and self.due < timezone.localdate()

    @property
    def replaced_by(self):
        """The published decision that replaced this one, or None. Prefetch `followed_by` in lists."""
        return next((one for one in self.changes if one.follows_how == FollowKind.REPLACES), None)

    @property
    def changes(self):
        """Published decisions that replace or amend this one."""
        return [one for one in self.followed_by.all() if one.status == DecisionStatus.PUBLISHED]

    @property
    def is_public(self):
        return self.status == DecisionStatus.PUBLISHED

    def words_in(self, language):
        """The translation, once a person who wrote none of it has confirmed it (X7); else {}."""
        stored = self.translations.get(language, {})
        return stored if stored.get("checked_by") else {}

    def said(self, field, language="en"):
        """A field in the language, or in English when no confirmed translation exists."""
        return self.words_in(language).get(field) or getattr(self, field)


class Option(models.Model):
    """One option that was appraised, and why it was chosen or not."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    order = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300)
    chosen = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.words


class MeasureUnit(models.TextChoices):
    PERCENT = "percent", "percent"
    PEOPLE = "people", "people"
    THINGS = "things", "things (lights, visits, pages ...)"
    DAYS = "days", "days"


class Measure(models.Model):
    """A success measure of a decision: what is counted, its baseline, its target and its day."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="measures")
    order = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=200)
    unit = models.CharField(max_length=8, choices=MeasureUnit, default=MeasureUnit.PERCENT)
    baseline = models.DecimalField(max_digits=9, decimal_places=1, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=9, decimal_places=1, null=True, blank=True)
    by = models.DateField(null=True, blank=True)
    # The survey question that is asked again; outcomes compare the answers.
    consultation = models.ForeignKey(
        "consultation.ConsultationPage", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            # C1 holds for typed numbers too: a small number may identify a child.
            models.CheckConstraint(
                condition=~models.Q(unit="people")
                | (
                    (models.Q(baseline__isnull=True) | models.Q(baseline__gte=10))
                    & (models.Q(target__isnull=True) | models.Q(target__gte=10))
                ),
                name="a_measure_shows_no_few_people",
            ),
            models.CheckConstraint(
                condition=models.Q(question="") | models.Q(consultation__isnull=False),
                name="a_measures_question_has_a_consultation",
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def unit_word(self):
        """The unit beside a number; empty for things, which `what` names already."""
        return {MeasureUnit.PERCENT: "%", MeasureUnit.THINGS: ""}.get(MeasureUnit(self.unit), self.unit)


class ProgressNote(models.Model):
    """A public, dated note on how a published decision is going. A note is never changed; a newer one follows it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="progress_notes")
    day = models.DateField()
    progress = models.CharField(max_length=8, choices=Progress)
    words = models.JSONField(default=dict)  # {language: words}
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.decision}, {self.day}"


class Bearing(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    CHALLENGES = "challenges", "Challenges"
    CONTEXT = "context", "Context"


class Citation(models.Model):
    """A cited theme of a release, perhaps with one quote. `seen` freezes the figure after disclosure control."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="citations")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="citations")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="citations")
    codebook_version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="citations")
    question = models.CharField(max_length=120, blank=True)
    bearing = models.CharField(max_length=10, choices=Bearing, default=Bearing.SUPPORTS)
    seen = models.JSONField(default=dict)  # {label, people, symbol}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "release", "theme"],
                name="cite_a_theme_once",
                condition=models.Q(quote__isnull=True),
                violation_error_message="This theme is cited already.",
            ),
            models.UniqueConstraint(
                fields=["decision", "quote"],
                name="cite_a_quote_once",
                violation_error_message="These words are cited already.",
            ),
        ]

    def __str__(self):
        return f"{self.decision} cites {self.theme}"

    @property
    def is_against(self):
        return self.bearing == Bearing.CHALLENGES


class FigureCitation(models.Model):
    """A cited figure of a question, whole or one answer. `seen` freezes the question as asked and the figures after
    disclosure control, so that later changes do not reach the citation."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="figure_citations")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="citations")
    question = models.CharField(max_length=120)
    version = models.ForeignKey("consultation.PublishedVersion", on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=80, blank=True)  # id of one answer; empty: the whole figure
    bearing = models.CharField(max_length=10, choices=Bearing, default=Bearing.SUPPORTS)
    seen = models.JSONField(
        default=dict
    )  # {asked, number, base, rows: [{id, label, value, symbol, percent, low, high}]}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "figure", "row"],
                name="cite_a_figure_once",
                violation_error_message="This figure is cited already.",
            )
        ]

    def __str__(self):
        return f"{self.decision} cites {self.figure}"

    @property
    def is_against(self):
        return self.bearing == Bearing.CHALLENGES


class ProposedCitation(models.Model):
    """Evidence proposed for a published decision, internal until a second person accepts it: a theme, perhaps with a
    quote, or a question's figure, perhaps one answer."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="proposed_citations")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="+")
    figure = models.ForeignKey(Figure, null=True, on_delete=models.CASCADE, related_name="+")
    row = models.CharField(max_length=80, blank=True)
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    bearing = models.CharField(max_length=10, choices=Bearing, default=Bearing.SUPPORTS)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "release", "theme"],
                name="propose_a_theme_once",
                condition=models.Q(quote__isnull=True),
                violation_error_message="This theme is proposed already.",
            ),
            models.UniqueConstraint(
                fields=["decision", "quote"],
                name="propose_a_quote_once",
                violation_error_message="These words are proposed already.",
            ),
            models.UniqueConstraint(
                fields=["decision", "figure", "row"],
                name="propose_a_figure_once",
                violation_error_message="This figure is proposed already.",
            ),
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, figure__isnull=True)
                | models.Q(theme__isnull=True, figure__isnull=False, quote__isnull=True),
                name="propose_a_theme_or_a_figure",
            ),
        ]

    def __str__(self):
        return f"{self.theme or self.figure}, proposed for {self.decision}"


class QuoteKey(models.Model):
    """The HMAC key of a quote's fingerprint, destroyed with the quote: the ledger confirms no erased word."""

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, primary_key=True, related_name="ledger_key")
    key = models.BinaryField()

    def __str__(self):
        return f"key of quote {self.pk}"


class LedgerEntry(ChainedEntry):
    """A hash-chained entry for each decision, citation, publication and change. It never holds a child's words."""

    CHAIN_LOCK = 7002
    HASHED = ("day", "actor", "verb", "decision", "data")

    day = models.CharField(max_length=10)
    actor = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=40)
    decision = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "ledger entries"

    def __str__(self):
        return f"{self.seq} {self.verb} {self.decision}"
