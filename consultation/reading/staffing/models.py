"""Named readers of consultations, the languages that readers read, and the days of warnings of late reading."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultation.surveys.models import ConsultationPage


class NamedReader(models.Model):
    """One reader for a period, for one consultation or, with a null `page`, for all."""

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


class ReaderLanguages(models.Model):
    """The languages that a reader says they read beside English; codes of reader_languages.LANGUAGES."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    languages = models.JSONField(default=list)

    def __str__(self):
        return f"{self.reader}: {', '.join(self.languages)}"


class LateWarning(models.Model):
    """The day of the last warning of late reading in a consultation. A time would tell when people wrote."""

    page = models.OneToOneField(ConsultationPage, primary_key=True, on_delete=models.CASCADE, related_name="+")
    warned_on = models.DateField()

    def __str__(self):
        return f"{self.page}: {self.warned_on}"
