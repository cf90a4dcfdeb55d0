"""Decisions, the evidence they cite, and the ledger that proves the record was not changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.audit.models import ChainedEntry
from insights.coding.models import CodebookVersion, Theme
from insights.reports.models import Quote, Release


class Outcome(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_NOW = "not-now", "Not now"
    NO = "no", "No"
    ALREADY = "already", "Already here"
    PASSED_ON = "passed-on", "Passed on"


# What a decision says in other languages too, beside its easy read and the notes on how it goes.
TRANSLATED = ("title", "we_asked", "you_said", "we_did", "reason", "alternative", "measure")
NEEDS_REASON = (Outcome.PARTLY, Outcome.NOT_NOW, Outcome.NO)


class DecisionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class Progress(models.TextChoices):
    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class DecisionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=DecisionStatus.PUBLISHED)

    def of(self, consultation):
        return self.filter(consultations=consultation)

    def late(self, today):
        """Promised by a day that has passed, and neither done nor stopped (P4: late shows as late)."""
        return self.filter(due__lt=today).exclude(progress__in=[Progress.DONE, Progress.STOPPED])


class Decision(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    consultations = models.ManyToManyField("consultation.ConsultationPage", related_name="+")
    we_asked = models.TextField()
    you_said = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    we_did = models.TextField()
    reason = models.TextField(blank=True)
    alternative = models.TextField(blank=True, help_text="What we offer in its place, or “none”.")
    lead_role = models.CharField(max_length=120)
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
    online = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=DecisionStatus, default=DecisionStatus.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["partly", "not-now", "no"])
                | (~models.Q(reason="") & ~models.Q(alternative="")),
                name="no_needs_a_reason_and_an_alternative",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft", published_by__isnull=True, published_on__isnull=True)
                | models.Q(status="published", published_by__isnull=False, published_on__isnull=False),
                name="published_by_and_on_together_or_neither",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | ~models.Q(published_by=models.F("created_by")),
                name="two_people_publish_a_decision",
            ),
        ]
        ordering = ["-decided", "title"]

    def __str__(self):
        return self.title

    @property
    def is_late(self):
        unfinished = self.progress not in (Progress.DONE, Progress.STOPPED)
        return bool(self.due) and unfinished and self.due < timezone.localdate()

    def words_in(self, language):
        """What it says in another language, when someone who wrote none of it has confirmed it (X7)."""
        stored = self.translations.get(language, {})
        return stored if stored.get("checked_by") else {}

    def said(self, field, language="en"):
        """A field in a language, or in English where there is no translation that may be shown."""
        return self.words_in(language).get(field) or getattr(self, field)


class ProgressNote(models.Model):
    """One dated line on how a published decision is going, for everyone to read. It is never changed, only followed."""

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
    """Evidence as it was seen: a theme of a release, perhaps one quote of it. `seen` freezes the protected figure."""

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
            ),
            models.UniqueConstraint(fields=["decision", "quote"], name="cite_a_quote_once"),
        ]

    def __str__(self):
        return f"{self.decision} cites {self.theme}"


class ProposedCitation(models.Model):
    """Evidence for a decision that is public already: it waits for a second person, and nobody outside sees it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="proposed_citations")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
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
            ),
            models.UniqueConstraint(fields=["decision", "quote"], name="propose_a_quote_once"),
        ]

    def __str__(self):
        return f"{self.theme}, proposed for {self.decision}"


class QuoteKey(models.Model):
    """The key of a quote's fingerprint in the ledger; destroyed with the quote, so the ledger confirms no erased word."""

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, primary_key=True, related_name="ledger_key")
    key = models.BinaryField()

    def __str__(self):
        return f"key of quote {self.pk}"


class LedgerEntry(ChainedEntry):
    """Every decision, citation, publication and change, chained. Words of children never stand here."""

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
