"""Representation: who has answered a consultation, after disclosure control, and the benchmarks to compare with."""

from django.conf import settings
from django.db import models

EVERYONE, LANGUAGE, WAY, QUESTION = "everyone", "language", "way", "q:"


class ReachPicture(models.Model):
    """Figures of who has answered, as of a day. `rows` only tells whether enough have come since; no page shows it.

    figures = [{"key": as Benchmark.about, "question": its id or "", "title", "total": int|None,
                "groups": [{"id", "label", "value": int|None, "symbol": why no number}]}]
    """

    consultation = models.OneToOneField("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    final = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=list)

    def __str__(self):
        return f"who {self.consultation} has reached"

    def figure(self, key):
        return next((figure for figure in self.figures if figure["key"] == key), None)

    @property
    def people(self):
        figure = self.figure(EVERYONE)
        return figure and figure["total"]


class BenchmarkBasis(models.TextChoices):
    LIVES = "lives", "Who lives, learns or works here"
    INVITED = "invited", "Who was invited"


class BenchmarkQuerySet(models.QuerySet):
    def of(self, consultation):
        """The consultation's own, and those for every consultation."""
        return self.filter(models.Q(consultation=consultation) | models.Q(consultation=None))


class Benchmark(models.Model):
    """The number of people in each group by an outside count: a census, a school roll, a list of invitations.

    `about` is the dimension's key: "everyone", "age", "area", "language", "way" (the channel), or "q:<question id>".
    """

    consultation = models.ForeignKey(
        "consultation.ConsultationPage", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about = models.CharField(max_length=140)
    name = models.CharField(max_length=80)
    basis = models.CharField(max_length=7, choices=BenchmarkBasis, default=BenchmarkBasis.LIVES)
    source = models.CharField(max_length=200)
    dated = models.DateField()
    groups = models.JSONField(default=list)  # [{"label", "number"}]
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()

    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        ordering = ["about", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "about", "name"],
                condition=models.Q(consultation__isnull=False),
                name="one_benchmark_of_a_name_in_a_consultation",
            ),
            models.UniqueConstraint(
                fields=["about", "name"],
                condition=models.Q(consultation__isnull=True),
                name="one_benchmark_of_a_name_for_all",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def number(self):
        return sum(group["number"] for group in self.groups)

    @property
    def numbers(self):
        """{label as `normalise_label` makes it: number}"""
        return {normalise_label(group["label"]): group["number"] for group in self.groups}


def normalise_label(label):
    """A label for comparison: ignores case, extra space and the length of dashes."""
    return " ".join(str(label).replace("–", "-").replace("—", "-").casefold().split())
