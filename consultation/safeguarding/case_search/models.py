"""Searches of the leads over triaged cases."""

import uuid

from django.conf import settings
from django.db import models

from consultation.responses.vault import open_sealed_text


class CaseSearch(models.Model):
    """That a lead searched cases, and why. The words are not kept: they may be a child's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    searched_at = models.DateTimeField()
    sealed_reason = models.BinaryField()
    opened = models.PositiveSmallIntegerField()  # cases whose words and notes were opened
    found = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-searched_at", "pk"]
        verbose_name_plural = "case searches"

    def __str__(self):
        return "a search"

    @property
    def reason(self):
        return open_sealed_text(self.sealed_reason)
