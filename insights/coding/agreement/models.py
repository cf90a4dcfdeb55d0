"""Two people code the same answers, the second without seeing anything of the first or of the machine."""

from django.conf import settings
from django.db import models

from insights.coding.models import CodebookVersion
from insights.intake.models import Text


class DoubleCodingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_on=None)

    def unmeasured(self):
        return self.filter(ended_on__isnull=False, measured=False)

    def newest_measured(self, consultation):
        return self.filter(consultation=consultation, measured=True).order_by("-pk").first()


class DoubleCoding(models.Model):
    """A sample of coded answers that is coded again, blind. `figures` is worked out once, when all are coded.

    figures = {"answers": rounded down to 5, "overall": ESTIMATE|None, "stance": ESTIMATE|None,
               "themes": {theme id: ESTIMATE}, "machine": {"overall": ESTIMATE|None, "themes": {theme id: ESTIMATE}},
               "confused": [[theme id, theme id]], "unclear": [theme id]};  ESTIMATE = {"value", "low", "high"}
    """

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody named: anyone who codes, for the texts that somebody else coded first
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    measured = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)

    objects = DoubleCodingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], name="one_open_double_coding", condition=models.Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(measured=False) | models.Q(ended_on__isnull=False),
                name="measured_when_it_has_ended",
            ),
        ]
        ordering = ["-pk"]

    def __str__(self):
        return f"double coding of {self.consultation}"

    @property
    def is_open(self):
        return self.ended_on is None


class SampledTextQuerySet(models.QuerySet):
    def waiting(self):
        """Not coded a second time yet."""
        return self.exclude(choices__turn=Turn.SECOND)

    def for_second(self, user):
        """What this person may code blind: never what they coded first, nor what another person was named for."""
        mine = models.Q(study__second=None) | models.Q(study__second=user)
        coded_first = CodersChoice.objects.filter(turn=Turn.FIRST, coder=user).values("sampled")
        return self.filter(mine, study__ended_on=None).exclude(pk__in=coded_first)

    def blind_for(self, user):
        """Ids of texts of which no page may show this person a code: they are to code them blind, or may be."""
        return self.for_second(user).values("text")

    def seen_by(self, user):
        """Not what a newer sample asks this person to code blind: an ended one would show them the first choice."""
        return self.exclude(text__in=SampledText.objects.blind_for(user))

    def disputed(self):
        """The two chose other themes, and nobody has settled which stand."""
        return self.filter(disputed=True, settlement=None, study__ended_on__isnull=False)


class SampledText(models.Model):
    """A text of the sample. Its place in the table is random: rows are made in random order."""

    study = models.ForeignKey(DoubleCoding, on_delete=models.CASCADE, related_name="sample")
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="double_coded")
    extra = models.BooleanField(default=False)  # drawn for a rare theme: counts in that theme's figure alone
    weight = models.FloatField(default=1)  # how many texts like it, by its rarest theme, it stands for
    disputed = models.BooleanField(default=False)

    objects = SampledTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "text"], name="a_text_once_in_a_sample")]

    def __str__(self):
        return f"sampled {self.text_id}"

    def choice(self, turn):
        return next((choice for choice in self.choices.all() if choice.turn == turn), None)

    @property
    def first(self):
        return self.choice(Turn.FIRST)

    @property
    def second(self):
        return self.choice(Turn.SECOND)


class Turn(models.TextChoices):
    FIRST = "first", "First choice"
    SECOND = "second", "Second choice"


class CodersChoice(models.Model):
    """What one person chose for a text of the sample: kept as it was, whatever stands on the text later."""

    sampled = models.ForeignKey(SampledText, on_delete=models.CASCADE, related_name="choices")
    turn = models.CharField(max_length=6, choices=Turn)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    themes = models.JSONField(default=list)  # ids of Theme, which are permanent
    stances = models.JSONField(default=dict)  # {theme id: "agrees", "disagrees" or "mixed"}, where one was chosen
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sampled", "turn"], name="one_choice_a_turn")]

    def __str__(self):
        return f"{self.turn} choice for {self.sampled_id}"


class Kept(models.TextChoices):
    FIRST = "first", "The first choice"
    SECOND = "second", "The second choice"
    BOTH = "both", "The themes of both"
    NEW = "new", "Another choice"


class Settlement(models.Model):
    """Which themes stand after two people chose differently, and why."""

    sampled = models.OneToOneField(SampledText, on_delete=models.CASCADE, related_name="settlement")
    kept = models.CharField(max_length=6, choices=Kept)
    themes = models.JSONField(default=list)
    reason = models.TextField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="a_settlement_has_a_reason")]

    def __str__(self):
        return f"settlement of {self.sampled_id}"
