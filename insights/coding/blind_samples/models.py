"""Double coding: a second coder codes a sample without seeing the first coder's codes or machine proposals."""

from django.conf import settings
from django.db import models

from insights.coding.models import CodebookVersion
from insights.corpus.models import Text


class DoubleCodingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_on=None)

    def unmeasured(self):
        return self.filter(ended_on__isnull=False, measured=False)

    def newest_measured(self, consultation):
        return self.filter(consultation=consultation, measured=True).order_by("-pk").first()


class DoubleCoding(models.Model):
    """A sample of coded texts that is coded again, blind. `figures` is computed once, after the sample has ended.

    figures = {"overall": ESTIMATE|None, "stance": ESTIMATE|None,
               "themes": {theme id: ESTIMATE with "alike", a percentage},
               "machine": {"overall": ESTIMATE|None, "themes": {theme id: ESTIMATE}},
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
        return self.exclude(choices__turn=CodingTurn.SECOND)

    def for_second(self, user):
        """Texts that this person may code blind: not those they coded first, nor those of another named coder."""
        mine = models.Q(study__second=None) | models.Q(study__second=user)
        coded_first = CodersChoice.objects.filter(turn=CodingTurn.FIRST, coder=user).values("sampled")
        return self.filter(mine, study__ended_on=None).exclude(pk__in=coded_first)

    def blind_for(self, user):
        """Ids of texts whose codes no page may show this person, because they may have to code them blind."""
        return self.for_second(user).values("text")

    def seen_by(self, user):
        """Without texts that a newer sample asks this person to code blind: an ended sample shows the first choice."""
        return self.exclude(text__in=SampledText.objects.blind_for(user))

    def disputed(self):
        """Texts on which the two coders disagree and which are not settled."""
        return self.filter(disputed=True, settlement=None, study__ended_on__isnull=False)


class SampledText(models.Model):
    """A text of the sample. Rows are created in random order, so a primary key tells nothing."""

    study = models.ForeignKey(DoubleCoding, on_delete=models.CASCADE, related_name="sample")
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="double_coded")
    extra = models.BooleanField(default=False)  # drawn for a rare theme: counts only in figures of themes
    weight = models.FloatField(default=1)  # relative number of texts with the same rarest theme that it represents
    disputed = models.BooleanField(default=False)

    objects = SampledTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "text"], name="a_text_once_in_a_sample")]

    def __str__(self):
        return f"sampled {self.text_id}"

    def find_choice(self, turn):
        return next((choice for choice in self.choices.all() if choice.turn == turn), None)

    @property
    def first(self):
        return self.find_choice(CodingTurn.FIRST)

    @property
    def second(self):
        return self.find_choice(CodingTurn.SECOND)


class CodingTurn(models.TextChoices):
    FIRST = "first", "First choice"
    SECOND = "second", "Second choice"


class CodersChoice(models.Model):
    """One coder's choice for a text of the sample, unchanged by later codes on the text."""

    sampled = models.ForeignKey(SampledText, on_delete=models.CASCADE, related_name="choices")
    turn = models.CharField(max_length=6, choices=CodingTurn)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    themes = models.JSONField(default=list)  # ids of Theme, which are permanent
    stances = models.JSONField(default=dict)  # {theme id: "agrees", "disagrees" or "mixed"}, where one was chosen
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sampled", "turn"], name="one_choice_a_turn")]

    def __str__(self):
        return f"{self.turn} choice for {self.sampled_id}"


class SettledChoice(models.TextChoices):
    FIRST = "first", "The first choice"
    SECOND = "second", "The second choice"
    BOTH = "both", "The themes of both"
    NEW = "new", "Another choice"


class Settlement(models.Model):
    """The themes kept after a disagreement, and the reason."""

    sampled = models.OneToOneField(SampledText, on_delete=models.CASCADE, related_name="settlement")
    kept = models.CharField(max_length=6, choices=SettledChoice)
    themes = models.JSONField(default=list)
    reason = models.TextField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="a_settlement_has_a_reason")]

    def __str__(self):
        return f"settlement of {self.sampled_id}"
