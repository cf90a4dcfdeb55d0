"""Minority voices: summaries, without a number, of grave themes that few people spoke of; two people approve each."""

import hashlib

from django.conf import settings
from django.db import models

from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.releases.models import Release

APPROVALS = 2


class MinorityVoiceQuerySet(models.QuerySet):
    def shown(self):
        """Those that a report may show: approved by two people, and not erased."""
        approvals = models.Count("approved_by", distinct=True)
        return self.exclude(words="").annotate(approvals=approvals).filter(approvals__gte=APPROVALS)

    def of(self, release):
        return self.filter(release=release).select_related("theme").order_by("pk")


class MinorityVoice(models.Model):
    """`rests_on` are the texts that it sums up. When one is withdrawn, two people must approve again; when the last
    one is, the words are erased."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="voices")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    approved_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    rests_on = models.ManyToManyField(Text, blank=True, related_name="+")

    objects = MinorityVoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "theme"], name="one_voice_of_a_theme_in_a_release")]

    @property
    def seen(self):
        """A hash of the words: an approval is for these alone."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:16]

    def __str__(self):
        return f"voice on {self.theme} in {self.release}"
