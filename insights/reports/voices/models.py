"""Few people said it, and it weighs much: a person's summary in words, without a number, that two others approved."""

import hashlib

from django.conf import settings
from django.db import models

from insights.coding.models import Theme
from insights.intake.models import Text
from insights.reports.models import Release

APPROVALS = 2


class MinorityVoiceQuerySet(models.QuerySet):
    def shown(self):
        """What a report may show: two people approved it, and its words are there."""
        approvals = models.Count("approved_by", distinct=True)
        return self.exclude(words="").annotate(approvals=approvals).filter(approvals__gte=APPROVALS)

    def of(self, release):
        return self.filter(release=release).select_related("theme").order_by("pk")


class MinorityVoice(models.Model):
    """It stays with its release. `rests_on` are the answers that it sums up: when one goes, two people look again, and
    when the last goes, so do the words."""

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

    def __str__(self):
        return f"voice on {self.theme} in {self.release}"

    @property
    def look(self):
        """One state of its words: whoever approves has looked at this one."""
        return hashlib.sha256(self.words.encode()).hexdigest()
