"""Dismissals: why a decision stands although newer evidence contradicts it."""

from django.conf import settings
from django.db import models

from insights.coding.models import Theme
from insights.decisions.models import Decision
from insights.releases.models import Release


class Dismissal(models.Model):
    """Dismissal of the alert by one release on one theme of a decision; a newer release may raise it again."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dismissals")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "release", "theme"], name="dismiss_an_alert_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_dismissal_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.decision}: {self.theme} in {self.release}"
