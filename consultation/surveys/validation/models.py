"""Overridden findings with their reasons. An override holds for the same text only."""

from django.conf import settings
from django.db import models


class LetThroughQuerySet(models.QuerySet):
    def by_digest(self, page):
        return {one.digest: one for one in self.filter(page=page.pk).select_related("by")}


class LetThrough(models.Model):
    page = models.ForeignKey("consultation.ConsultationPage", on_delete=models.CASCADE, related_name="let_through")
    linter = models.SlugField(max_length=40)
    digest = models.CharField(max_length=64)  # of the text: another text has another digest
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    objects = LetThroughQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "digest"], name="a_finding_is_let_through_once")]
        verbose_name_plural = "findings let through"

    def __str__(self):
        return f"{self.linter} on {self.page_id}"
