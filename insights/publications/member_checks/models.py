"""Member checks (“Did we hear you right?”): an officer's summary of a theme, put to everyone, and the replies."""

from django.db import models
from django.db.models import F, Q

from insights.coding.models import Theme
from insights.polls.live_pictures import LivePicture
from insights.publishing.records import (
    PeriodQuerySet,
    PeriodRecord,
    WrittenRecord,
    build_two_person_constraints,
    hash_state,
)
from insights.releases.models import Release


class Check(WrittenRecord, PeriodRecord):
    """A summary of a released theme, put to people from `opens` to `closes`. Published words stay.

    words = {lang: {"name": str, "summary": str, "easy": str,
                    "machine": bool, "writers": [user id], "checked_by": str}}    # the last three in translations alone
    """

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-opens", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "theme"], name="one_check_of_a_theme_in_a_release"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="a_check_closes_after_it_opens"),
            *build_two_person_constraints("check_published_by_and_on_together", "two_people_publish_a_check"),
        ]

    def __str__(self):
        return f"{self.consultation}: did we hear you right about {self.theme}"

    @property
    def about(self):
        """The key of its replies (HeardAnswer.about)."""
        return f"check-{self.pk}"

    @property
    def name(self):
        return self.english.get("name", "")

    @property
    def state_hash(self):
        return hash_state([self.words, str(self.opens), str(self.closes)])


class CheckPicture(LivePicture):
    """Replies after disclosure control."""

    check_of = models.OneToOneField(Check, on_delete=models.CASCADE, related_name="picture")

    def __str__(self):
        return f"replies to {self.check_of}"
