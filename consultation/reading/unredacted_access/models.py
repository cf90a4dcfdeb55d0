"""Who opened an original, and why. The reason may quote the answer, so it is erased with the answer."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.responses.models import Answer


class OriginalOpened(models.Model):
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="an_original_is_opened_for_a_reason")
        ]

    def __str__(self):
        return f"original of {self.answer_id} opened"
