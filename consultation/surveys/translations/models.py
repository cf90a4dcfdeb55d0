"""Verdicts on translated strings, checks of languages, and imported translators' files."""

from typing import Any

from django.conf import settings
from django.db import models

LANGUAGE = 8


class StringVerdictQuerySet(models.QuerySet):
    def on(self, page, language):
        return self.filter(page=page.pk, language=language)

    def right(self):
        return self.filter(right=True)


class StringVerdict(models.Model):
    """One person's verdict on one string beside its source. It holds for exactly this text and source (X7)."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")  # in the source language
    language = models.CharField(max_length=LANGUAGE)
    path = models.TextField()
    digest = models.CharField(max_length=64)  # of path, source and translation
    source = models.TextField()
    text = models.TextField()
    right = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    objects = StringVerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "digest"], name="one_verdict_on_the_same_words")
        ]
        ordering = ["pk"]

    def __str__(self):
        return f"{self.language} {self.path}: {'right' if self.right else 'sent back'}"


class LanguageCheck(models.Model):
    """A page in one language: its checker, whether it awaits them, and whether only approved strings go live."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=LANGUAGE)
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    speaker = models.CharField(max_length=120, blank=True)  # a speaker of the language who reads with the checker
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    waits = models.BooleanField(default=True)
    governs = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_check_of_a_page_in_a_language")]

    def __str__(self):
        return f"{self.page} in {self.language}"


class TranslatorsFile(models.Model):
    """An imported .po file, with each string before and after, so that it can be undone."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=LANGUAGE)
    changes: Any = models.JSONField()  # [{"path", "source", "before": {"text", "machine", "by"} or None, "after"}]
    machine = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{len(self.changes)} texts in {self.language}"
