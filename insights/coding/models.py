"""Codebooks, themes and codes. A machine proposal and a person's code are different rows (`Code.source`)."""

from django.conf import settings
from django.db import models

from insights.corpus.models import Text


class Codebook(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self):
        return self.name

    @property
    def current(self):
        return self.versions.filter(status=CodebookVersionStatus.APPROVED).order_by("-number").first()


class CodebookVersionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    SET_ASIDE = "set_aside", "Set aside"


class CodebookVersion(models.Model):
    """The definitions of all themes of a codebook at one time. Only a draft changes; an approved version is kept."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=CodebookVersionStatus, default=CodebookVersionStatus.DRAFT)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "number"], name="one_codebook_version_of_a_number")]
        ordering = ["codebook", "number"]

    def __str__(self):
        return f"{self.codebook} {self.label or self.number}"

    @property
    def is_draft(self):
        return self.status == CodebookVersionStatus.DRAFT


class Theme(models.Model):
    """A permanent id. Each codebook version defines it in a ThemeEntry."""

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="themes")
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "slug"], name="one_theme_of_a_slug")]
        ordering = ["slug"]

    def __str__(self):
        return self.slug


class ThemeEntryQuerySet(models.QuerySet):
    def without_a_note(self):
        """Those that lack a definition, or a note of what counts or what does not."""
        return self.filter(models.Q(definition="") | models.Q(include="") | models.Q(exclude=""))


class ThemeEntry(models.Model):
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="entries")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="entries")
    label = models.CharField(max_length=160)
    family = models.CharField(max_length=60, blank=True)
    parent = models.SlugField(max_length=80, blank=True)  # of a sub-theme: its theme; see theme_hierarchy
    definition = models.TextField(blank=True)
    include = models.TextField(blank=True)
    exclude = models.TextField(blank=True)
    examples = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    links = models.JSONField(default=list)  # [{strand, sub_point}]
    gravity = models.PositiveSmallIntegerField(default=1)  # 1 everyday, 2 some worry, 3 serious
    online = models.BooleanField(default=False)
    place_types = models.JSONField(default=list)  # as consultation.domain.place_types lists them
    place = models.PositiveSmallIntegerField(default=0)  # in its family

    objects = ThemeEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "theme"], name="one_entry_of_a_theme_in_a_version")]
        ordering = ["place", "label"]

    def __str__(self):
        return self.label


class CodeSource(models.TextChoices):
    RULE = "rule", "Rule"
    MODEL = "model", "Model"
    PERSON = "person", "Person"


class Stance(models.TextChoices):
    """A coder's judgement of the text's attitude to the theme. Sentiment is the machine's estimate."""

    AGREES = "agrees", "Agrees"
    DISAGREES = "disagrees", "Disagrees"
    MIXED = "mixed", "Mixed"


class NoThemeReason(models.TextChoices):
    """A coder's remark that no theme covers the text, beside its themes or in their place."""

    NO_REASON = "no_reason", "No reason given"
    OTHER = "other", "Other: it says something that no theme names"


class CodeQuerySet(models.QuerySet):
    def by_people(self):
        return self.filter(source=CodeSource.PERSON)

    def proposals(self):
        return self.exclude(source=CodeSource.PERSON)


class Code(models.Model):
    """One theme on one text. A machine's row has a confidence and causing words; a person's row has the coder."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codes")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=6, choices=CodeSource)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confidence = models.FloatField(null=True)
    because = models.JSONField(default=list)
    engine = models.CharField(max_length=60, blank=True)
    stance = models.CharField(max_length=9, choices=Stance, blank=True, default="")
    spans = models.JSONField(default=list, blank=True)  # [[start, end], ...] in characters of the text

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["text", "theme", "coder"], name="one_code_per_coder", condition=models.Q(source="person")
            ),
            models.UniqueConstraint(
                fields=["text", "theme", "source"],
                name="one_proposal_per_source",
                condition=~models.Q(source="person"),
            ),
            models.CheckConstraint(
                condition=models.Q(source="person", coder__isnull=False, confidence__isnull=True)
                | (~models.Q(source="person") & models.Q(coder__isnull=True, confidence__isnull=False)),
                name="a_person_or_a_machine_codes",
            ),
        ]

    def __str__(self):
        return f"{self.theme} on {self.text_id}"


class CodingManner(models.TextChoices):
    """What a coder saw of the machine while coding."""

    BLIND = "blind", "Nothing"
    SHOWN = "shown", "Its proposals"
    TOGETHER = "together", "Its proposals, accepted for several texts at once"


class CodingStatus(models.Model):
    """A text that a person has coded (perhaps with no theme), so that machine proposals no longer count for it."""

    text = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="status")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    memo = models.TextField(blank=True)
    nothing = models.CharField(max_length=9, choices=NoThemeReason, blank=True, default="")
    manner = models.CharField(max_length=8, choices=CodingManner, default=CodingManner.SHOWN)

    def __str__(self):
        return f"coded {self.text_id}"


class MachineReadingQuerySet(models.QuerySet):
    def of(self, consultation):
        return self.filter(text__version__page=consultation)

    def unreadable(self):
        """Texts in a language that the machine does not know: people code them."""
        return self.filter(readable=False)


class MachineReading(models.Model):
    """The machine has processed this text with this model and codebook version; it may have proposed nothing."""

    text = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="machine")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(max_length=60)  # LearnedModel.mark: engine and first digits of the digest
    polarity = models.FloatField()  # -1 to 1, TextBlob's
    sentiment = models.CharField(max_length=8, blank=True)  # empty where it is not English
    readable = models.BooleanField(default=True)  # False: in a language that the machine does not know

    objects = MachineReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["text"], name="unreadable", condition=models.Q(readable=False))]

    def __str__(self):
        return f"machine reading of {self.text_id}"
