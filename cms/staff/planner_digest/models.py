"""Who asked for the digest, and what it has told them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q


class DigestReaderQuerySet(models.QuerySet):
    def due(self, today: date):
        return self.filter(Q(told_on=None) | Q(told_on__lte=today - DigestReader.BETWEEN))


class DigestReader(models.Model):
    """Whoever has no row gets no digest. `told`: the news that it has told, or that were there when it was asked for."""

    BETWEEN = timedelta(days=7)

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="digest"
    )
    told_on = models.DateField(null=True, blank=True)
    told = models.JSONField(default=list)

    objects = DigestReaderQuerySet.as_manager()

    def __str__(self):
        return f"the digest of {self.person}"
