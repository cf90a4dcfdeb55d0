"""A shared tablet for one consultation. Of its PIN only a password hash is kept; nothing here says who used it."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils import timezone

from consultation.questionnaires.models import ConsultationPage


class KioskQuerySet(models.QuerySet):
    def working(self, today=None):
        """Those that a PIN still starts."""
        return self.filter(off=False, until__gte=today or timezone.localdate())


class Kiosk(models.Model):
    """`number` is the first third of its PIN: it says which tablet is meant, so that one hash is tried and not all."""

    page = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="kiosks")
    name = models.CharField(max_length=60)
    number = models.CharField(max_length=3, unique=True)
    pin = models.CharField(max_length=128)
    until = models.DateField()
    languages = models.JSONField(default=list)  # the first one is where the tablet begins
    off = models.BooleanField(default=False)

    objects = KioskQuerySet.as_manager()

    class Meta:
        ordering = ["off", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def language_names(self):
        names = dict(settings.LANGUAGES)
        return [names.get(code, code) for code in self.languages]

    @property
    def works(self):
        return not self.off and timezone.localdate() <= self.until

    def fits(self, pin):
        """Whether this is its PIN: nine digits, however they are spaced."""
        return check_password(pin, self.pin)
