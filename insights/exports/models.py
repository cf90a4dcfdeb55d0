"""Recalls: where words stood that were withdrawn after release, for a lead to follow up. The words are not kept."""

import uuid

from django.conf import settings
from django.db import models


class Recall(models.Model):
    """Recorded when the words are deleted: afterwards nothing links a release or a decision to them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.UUIDField(db_index=True)
    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    recalled_on = models.DateField()
    releases = models.JSONField(default=list)  # [number]
    decisions = models.JSONField(default=list)  # [slug]
    was_public = models.BooleanField(default=False)
    exports = models.JSONField(default=list)  # [{"entry": seq of the audit log, "day", "kind", "by": user id}]
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-recalled_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_by__isnull=True, done_on__isnull=True)
                | models.Q(done_by__isnull=False, done_on__isnull=False),
                name="recall_done_by_and_on_together_or_neither",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """A random name, as on the leads' board."""
        return f"Words {str(self.pk)[:6]}"
