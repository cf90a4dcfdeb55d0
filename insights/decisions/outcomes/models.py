"""Outcomes of decisions: dated updates that cite later evidence, and polls on whether anything changed."""

from django.db import models
from django.db.models import F, Q

from insights.coding.models import Theme
from insights.decisions.ledger_entries import hash_canonical
from insights.decisions.models import Decision
from insights.decisions.reached_measures import OutcomeVerdict
from insights.polls.live_pictures import LivePicture
from insights.publishing.records import (
    SOURCE,
    PeriodQuerySet,
    PeriodRecord,
    PublicationQuerySet,
    TwoPersonRecord,
    WrittenRecord,
    build_two_person_constraints,
)
from insights.releases.models import Release


class OutcomeUpdate(WrittenRecord):
    """Whether a published decision worked, in words that a child reads. Published English never changes; later
    findings make the next update.

    words = {lang: {"words": str, "easy": str, "machine": bool, "writers": [user id], "checked_by": str}}
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="outcome_updates")
    verdict = models.CharField(max_length=6, choices=OutcomeVerdict)
    # [{what, unit, baseline, target, by, value}]: success measures as they stood, and what was reached of each
    reached = models.JSONField(default=list, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = build_two_person_constraints(
            "an_outcome_published_by_and_on_together", "two_people_publish_an_outcome"
        )

    def __str__(self):
        return f"{self.decision}: {self.get_verdict_display().lower()}"

    @property
    def state_hash(self):
        """Hash of verdict, English and evidence: the publisher's form carries it, and the ledger proves the content by
        it without repeating it."""
        cited = [[one.bearing, one.seen] for one in self.evidence.order_by("pk")]
        said = {"decision": self.decision.slug, "verdict": self.verdict, "words": self.english, "evidence": cited}
        return hash_canonical(said | ({"reached": self.reached} if self.reached else {}))

    @property
    def record(self):
        """Further ledger data: hashes of the people and days, of the cited sources and of each translation."""
        people = [self.made_on, self.made_by_id, self.published_on, self.published_by_id, self.hard_because]
        fields = ("release_id", "theme_id", "question", "option", "before_id")
        cited = [[getattr(one, name) for name in fields] for one in self.evidence.order_by("pk")]
        languages = {language: hash_canonical(said) for language, said in self.words.items() if language != SOURCE}
        return {"people": hash_canonical(people), "cited": hash_canonical(cited), "languages": languages}


class OutcomeEvidence(models.Model):
    """A frozen figure of a later release: a theme, or an answer to a question beside the same answer before.

    seen = {"label", "people", "base"}, of a question also {"asked", "percent", "low", "high"}; with `before`:
    {"before": {"people", "base", "percent"}} and {"change": {"points", "low", "high"}} or {"why_not": reason}
    """

    update = models.ForeignKey(OutcomeUpdate, on_delete=models.CASCADE, related_name="evidence")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=120, blank=True)  # the key of a figure: a question, or a row of a grid
    option = models.CharField(max_length=80, blank=True)
    before = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    bearing = models.CharField(max_length=6, choices=OutcomeVerdict)
    seen = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "outcome evidence"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False, question="", option="", before__isnull=True)
                | Q(theme__isnull=True) & ~Q(question="") & ~Q(option=""),
                name="an_outcome_cites_a_theme_or_an_answer",
            ),
            models.UniqueConstraint(fields=["update", "release", "theme"], name="an_outcome_cites_a_theme_once"),
            models.UniqueConstraint(
                fields=["update", "release", "question", "option"],
                condition=Q(theme__isnull=True),
                name="an_outcome_cites_an_answer_once",
            ),
        ]

    def __str__(self):
        return f"{self.seen.get('label', '')}, {self.release}"

    @property
    def change(self):
        """The change that was seen. None too where an earlier version compared two releases of one consultation: the
        later one counts the people of the earlier."""
        contained = self.before is not None and self.before.consultation_id == self.release.consultation_id
        return None if contained else self.seen.get("change")


class ChangePoll(PeriodRecord, TwoPersonRecord):
    """“Did this change anything for you?”, a poll about a decision with a first and a last day. A reply is one choice
    and nothing else (consultation.receipts.heard_back), kept under one of the decision's consultations.

    `table`: replies after disclosure control, as in reports' Figure; empty until a number may be shown.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="polls")
    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField(null=True, blank=True)
    replies = models.PositiveIntegerField(default=0)  # when counted; tells whether enough have come since
    table = models.JSONField(default=dict)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-opens", "-pk"]
        constraints = [
            *build_two_person_constraints("a_poll_published_by_and_on_together", "two_people_publish_a_poll"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="a_poll_closes_after_it_opens"),
        ]

    def __str__(self):
        return f"{self.decision}: did it change anything"

    @property
    def people(self):
        """Ledger data: hash of the people who prepared and published the poll, and the days."""
        people = [self.made_on, self.made_by_id, self.published_on, self.published_by_id, self.consultation_id]
        return hash_canonical(people)

    @property
    def about(self):
        """The key of this poll's replies (HeardAnswer.about)."""
        return f"change-{self.pk}"


class ObjectionPicture(LivePicture):
    """How many say that a decision is wrong, after disclosure control."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="objection_picture")

    def __str__(self):
        return f"who says that {self.decision} is wrong"
