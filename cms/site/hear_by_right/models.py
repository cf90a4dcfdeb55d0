"""Self-assessments of indicators and of principles. A new assessment is a new row; old ones stay."""

from django.conf import settings
from django.db import models


class AssessmentStage(models.TextChoices):
    YES = "yes", "We do this"
    PART = "part", "We do some of this"
    NOT = "not", "We do not do this yet"


class SelfAssessmentQuerySet(models.QuerySet):
    def latest_of_each(self):
        """{indicator id: newest row}."""
        return {row.indicator: row for row in self.order_by("assessed_on", "pk")}


class SelfAssessment(models.Model):
    indicator = models.SlugField(max_length=40)
    stage = models.CharField(max_length=4, choices=AssessmentStage)
    words = models.TextField()
    evidence = models.JSONField(default=list)  # [{"label", "address"}]
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]

    def __str__(self):
        return f"{self.indicator}, {self.assessed_on}"


__all__ = ["SelfAssessment"]
