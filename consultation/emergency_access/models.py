"""Emergency access of one lead to a consultation's answers for an hour, and its review by a colleague. Only the audit
log tells which answers were opened."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage

USER = settings.AUTH_USER_MODEL


class EmergencyVerdict(models.TextChoices):
    RIGHT = "right", "It was right"
    NOT_RIGHT = "not-right", "It was not right"


class EmergencyQuerySet(models.QuerySet):
    def open(self, now=None):
        return self.filter(ends_at__gt=now or timezone.now())

    def not_reviewed(self):
        return self.filter(reviewed_by__isnull=True)

    def for_review_by(self, lead):
        """Ended accesses of colleagues that await review."""
        return self.not_reviewed().filter(ends_at__lte=timezone.now()).exclude(opened_by=lead)


class EmergencyAccess(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sealed_reason = models.BinaryField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # brought forward when it is ended early
    due_at = models.DateTimeField()  # of the review
    reviewed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=9, choices=EmergencyVerdict, blank=True)
    sealed_review = models.BinaryField(null=True, blank=True)
    alerted = models.PositiveSmallIntegerField(default=0)  # as TriageCase.alerted

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("opened_at")), name="an_emergency_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, verdict="", sealed_review__isnull=True)
                | (
                    Q(reviewed_by__isnull=False, reviewed_at__isnull=False, sealed_review__isnull=False)
                    & ~Q(verdict="")
                    & ~Q(reviewed_by=F("opened_by"))
                ),
                name="an_emergency_is_reviewed_by_someone_else",
            ),
        ]

    def __str__(self):
        return f"emergency access to {self.consultation}"

    @property
    def reason(self):
        return open_sealed_text(self.sealed_reason)

    @property
    def review_text(self):
        return open_sealed_text(self.sealed_review) if self.sealed_review else ""

    @property
    def is_open(self):
        return self.ends_at > timezone.now()
