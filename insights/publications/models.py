"""Published results of a consultation, moved answer days, and whether people heard back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from insights.polls.live_pictures import LivePicture
from insights.publishing.records import PublicationQuerySet, WrittenRecord, build_two_person_constraints, hash_state
from insights.releases.models import Release


class ResultsQuerySet(PublicationQuerySet):
    def newest_of(self, consultation):
        """The edition that the public sees; None where nothing was published."""
        found = self.published().filter(consultation=consultation).select_related("release__codebook_version")
        return found.order_by("-number").first()


class Results(WrittenRecord):
    """One edition of a results page: a published release in officers' words. A published edition keeps its English
    words; changes make the next edition.

    words = {lang: {"heard": str, "heard_easy": str, "next": str, "themes": {theme id: str},
                    "for": {audience: str},    # the same for other readers than those who were asked
                    "machine": bool, "writers": [user id], "checked_by": str}}    # the last three in translations alone
    """

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    picked = models.JSONField(default=list, db_default=[], blank=True)  # references, as `picked_items` has them

    objects = ResultsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "results"
        ordering = ["consultation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_edition_of_a_number"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status="draft"), name="one_draft_of_results_at_a_time"
            ),
            *build_two_person_constraints("results_published_by_and_on_together", "two_people_publish_results"),
        ]

    def __str__(self):
        return f"{self.consultation}, results {self.number}"

    @property
    def state_hash(self):
        return hash_state([self.words, self.picked])


class AnswerMoved(models.Model):
    """The promised day of our answer was moved. `why` is public: {language: words}."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    was = models.DateField()
    now = models.DateField()
    why = models.JSONField(default=dict)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "answers moved"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(now__gt=F("was")), name="an_answer_moves_to_a_later_day")]

    def __str__(self):
        return f"{self.consultation}: answer moved to {self.now}"


class HeardPicture(LivePicture):
    """Whether people heard back, after disclosure control."""

    consultation = models.OneToOneField("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"who heard back about {self.consultation}"
