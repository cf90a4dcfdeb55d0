"""The declared larger groups of a question about the person: one partition for all releases of a consultation."""

from typing import Any

from django.conf import settings
from django.db import models


class MergedGroups(models.Model):
    """groups = [{"id", "label", "options": [option ids]}], in the order of the options. Nobody combines freely: free
    unions of eight areas recover nearly all hidden counts."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=120)
    groups = models.JSONField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "question"], name="one_merge_of_a_question"),
        ]
        ordering = ["pk"]

    def __str__(self):
        return f"larger groups of {self.question} in {self.consultation_id}"


def load_merged_groups(consultation: Any) -> dict[str, list[dict[str, Any]]]:
    """{question id: its declared larger groups}."""
    return dict(MergedGroups.objects.filter(consultation=consultation).values_list("question", "groups"))
