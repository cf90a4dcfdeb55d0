"""Samples that a second person reads: monthly of unflagged answers, weekly of flagged ones that were not sent on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.responses.models import Answer


class ScreenAudit(models.Model):
    """One month, with counts of readers' decisions as of the day of the draw."""

    month = models.DateField(unique=True)  # its first day
    drawn_on = models.DateField()
    flagged_told = models.PositiveIntegerField()  # flagged by the screen, and sent to the leads
    unflagged_told = models.PositiveIntegerField()  # not flagged, yet sent to the leads: misses known without an audit
    unflagged_rest = models.PositiveIntegerField()  # not flagged and decided otherwise: the population of the sample

    class Meta:
        ordering = ["-month"]

    def __str__(self):
        return f"{self.month:%B %Y}"


class DroppedFlagAudit(models.Model):
    """One week of flagged answers that a reader decided without sending them to the leads."""

    week = models.DateField(unique=True)  # its Monday
    drawn_on = models.DateField()
    dropped = models.PositiveIntegerField()  # the population of the sample

    class Meta:
        ordering = ["-week"]

    def __str__(self):
        return f"week of {self.week:%-d %B %Y}"


class AuditResult(models.TextChoices):
    FINE = "fine", "Nothing missed"
    MISSED = "missed", "Missed: it tells of harm"


class SecondLook(models.Model):
    """One sampled answer. When the answer is erased or withdrawn, its result stays without a link."""

    audit = models.ForeignKey(ScreenAudit, null=True, blank=True, on_delete=models.CASCADE, related_name="looks")
    dropped_audit = models.ForeignKey(
        DroppedFlagAudit, null=True, blank=True, on_delete=models.CASCADE, related_name="looks"
    )
    answer = models.OneToOneField(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="second_look")
    result = models.CharField(max_length=6, choices=AuditResult, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", looked_by__isnull=True) | (~Q(result="") & Q(looked_by__isnull=False)),
                name="a_second_look_has_result_and_person_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(audit__isnull=False, dropped_audit__isnull=True)
                | Q(audit__isnull=True, dropped_audit__isnull=False),
                name="a_second_look_is_of_one_sample",
            ),
        ]

    def __str__(self):
        return f"audit sample of {self.audit or self.dropped_audit}"
