"""Minority voices: summaries, without a number, of grave themes that few people spoke of; two people approve each."""

from django.conf import settings
from django.db import models

from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.publishing.records import (
    CoWrittenRecord,
    PublicationQuerySet,
    PublicationStatus,
    build_two_person_constraints,
    hash_state,
)
from insights.releases.models import Release


class MinorityViewQuerySet(PublicationQuerySet):
    def of(self, release):
        return self.filter(release=release).select_related("theme").order_by("pk")


class MinorityVoice(CoWrittenRecord):
    """`rests_on` are the texts that it sums up. When one is withdrawn, two people must approve again; when the last
    one is, the words are erased."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="voices")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_column="written_by_id"
    )
    made_on = models.DateField(db_column="written_on")
    status = models.CharField(
        max_length=9, choices=PublicationStatus, default=PublicationStatus.DRAFT, db_default=PublicationStatus.DRAFT
    )
    approved_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    rests_on = models.ManyToManyField(Text, blank=True, related_name="+")

    objects = MinorityViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "theme"], name="one_voice_of_a_theme_in_a_release"),
            *build_two_person_constraints("voice_published_by_and_on_together", "others_publish_a_voice"),
        ]

    @property
    def state_hash(self):
        """An approval is for these words alone."""
        return hash_state(self.words)

    def __str__(self):
        return f"voice on {self.theme} in {self.release}"
