"""Changes of published dates, with the public reason that the landing page shows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultation.surveys.models import ConsultationPage


class DateChangeKind(models.TextChoices):
    LONGER = "longer", "Open for longer"
    SOONER = "sooner", "Closes sooner"
    PUT_OFF = "put-off", "Opens later"
    ANSWER = "answer", "The day of our answer"


class DateChange(models.Model):
    """One moved date. `why` is public: {language: text}, the source language included.

    A postponed opening has no reason: nobody had begun, and the page shows the new day.
    """

    page = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="date_changes")
    kind = models.CharField(max_length=7, choices=DateChangeKind)
    was = models.DateField(null=True, blank=True)
    now = models.DateField()
    why = models.JSONField(default=dict, blank=True)
    made_on = models.DateField()
    # Null: the sweep that checks publication conditions.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="longer") | Q(was__isnull=False, now__gt=F("was")), name="longer_is_later"
            ),
            models.CheckConstraint(
                condition=~Q(kind="sooner") | Q(was__isnull=True) | Q(now__lt=F("was")), name="sooner_is_earlier"
            ),
        ]

    def __str__(self):
        return f"{self.page}: {self.get_kind_display()}"
