"""Who has said that they will read, and for which consultation a lead was warned that nobody does."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultation.questionnaires.models import ConsultationPage


class NamedReader(models.Model):
    """One reader, from one day to another: for one consultation, or for every one that there is (`page` is null)."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        ConsultationPage, null=True, blank=True, on_delete=models.CASCADE, related_name="named_readers"
    )
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="readers_begin_before_they_end")
        ]

    def __str__(self):
        return f"{self.reader}, {self.first_day} to {self.last_day}"


class LateWarning(models.Model):
    """On which day the lead was last told that answers of a consultation wait too long. A day, no time."""

    page = models.OneToOneField(ConsultationPage, primary_key=True, on_delete=models.CASCADE, related_name="+")
    warned_on = models.DateField()

    def __str__(self):
        return f"{self.page}: {self.warned_on}"
