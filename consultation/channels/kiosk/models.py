"""A shared tablet of one consultation. The row holds a slow hash of its PIN and nothing about its users."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.surveys.models import ConsultationPage


class KioskQuerySet(models.QuerySet):
    def working(self, today=None):
        """Tablets whose PIN still works."""
        return self.filter(off=False, until__gte=today or timezone.localdate())


class Kiosk(models.Model):
    """`number` is the beginning of its PIN and identifies the tablet, so that only one hash is compared."""

    page = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="kiosks")
    name = models.CharField(max_length=60)
    number = models.CharField(max_length=3, unique=True)
    pin = models.CharField(max_length=128)
    until = models.DateField()
    languages = models.JSONField(default=list)  # the first is the start page's language
    off = models.BooleanField(default=False)
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0)

    objects = KioskQuerySet.as_manager()

    class Meta:
        ordering = ["off", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def language_names(self):
        names = dict(settings.LANGUAGES)
        return [names.get(code, code) for code in self.languages]

    def end_session(self):
        """Whatever runs on its PIN needs it again."""
        self.sessions_ended = models.F("sessions_ended") + 1
        self.save(update_fields=["sessions_ended"])

    @property
    def works(self):
        return not self.off and timezone.localdate() <= self.until
