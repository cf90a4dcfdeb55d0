"""Corrections and checks of interface translations by speakers. The texts themselves are source files (*.yaml)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F

LANGUAGE, KEY = 8, 80


class CorrectedText(models.Model):
    """What somebody wrote for one text of the catalogue, in one language."""

    language = models.CharField(max_length=LANGUAGE)
    key = models.CharField(max_length=KEY)
    english = models.TextField()
    english_easy = models.TextField(blank=True)  # empty where easy read says the same
    text = models.TextField()
    easy_read = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.language} {self.key}"


class Correction(CorrectedText):
    """A text that replaces the catalogue's while the English stays the same.

    When an upgrade changes the English, it brings its own translation, and the correction no longer applies.
    """

    # Empty where one person was enough, before 0.3.0.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="one_correction_of_a_word")]


class ProposedCorrection(CorrectedText):
    """A correction that no page shows until a second person has read it; without a text it asks for the catalogue's."""

    text = models.TextField(blank=True)
    checker = models.CharField(max_length=120, blank=True)  # the speaker who stands for the words

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="one_proposed_correction_of_a_word")]


class WordCheck(models.Model):
    """A named speaker has read these texts. The check covers exactly the wording that was read (X7)."""

    language = models.CharField(max_length=LANGUAGE)
    checker = models.CharField(max_length=120)
    checked_on = models.DateField()
    digests: Any = models.JSONField()  # {key: digest of the English and the translation}
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.language}, {self.checker}"


class Wording(models.Model):
    """A single row: its stamp rises with each correction and check, telling every process to reload them."""

    stamp = models.PositiveIntegerField(default=1)

    @classmethod
    def touch(cls):
        if not cls.objects.filter(pk=1).update(stamp=F("stamp") + 1):
            cls.objects.create(pk=1)

    def __str__(self):
        return str(self.stamp)
