"""A weekly share of dismissed cases, which a second lead looks at again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import TriageCase


class SampleResult(models.TextChoices):
    FINE = "fine", "Rightly closed"
    REOPENED = "reopened", "Opened again"


class SampledCase(models.Model):
    """One drawn case, with what another lead found. Erased with the case."""

    case = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="samples")
    week = models.DateField()  # the Monday of the week in which it was closed
    drawn_on = models.DateField()
    result = models.CharField(max_length=8, choices=SampleResult, blank=True)
    sealed_note = models.BinaryField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["week", "case"]
        constraints = [
            models.UniqueConstraint(fields=["case", "week"], name="a_case_is_drawn_once_a_week"),
            models.CheckConstraint(
                condition=Q(result="", looked_by__isnull=True, sealed_note__isnull=True)
                | (~Q(result="") & Q(looked_by__isnull=False, sealed_note__isnull=False)),
                name="a_looked_at_case_has_result_note_and_person",
            ),
        ]

    def __str__(self):
        return f"sample of the week of {self.week}"

    @property
    def note(self):
        return open_sealed_text(self.sealed_note) if self.sealed_note else ""
