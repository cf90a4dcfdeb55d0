"""Discovery: suggested themes that the codebook misses, and the runs that find them. A suggestion holds shared words
and an embedding; only `Placement` links it to texts, so a withdrawn text disappears from every list at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from insights.coding.models import Theme, ThemeEntry
from insights.corpus.models import Text

READ_BY_ENGINE = frozenset("ar zh en fr de it ja ko nl pl pt es th tr ru".split())


class DiscoveryRunStatus(models.TextChoices):
    WAITING = "waiting", "Waits for its turn"
    RUNNING = "running", "At work"
    DONE = "done", "Done"
    TOO_FEW = "too_few", "Too few answers"
    FAILED = "failed", "Could not be done"


class DiscoveryStage(models.TextChoices):
    READING = "reading", "Reading the answers"
    GROUPING = "grouping", "Finding groups that speak alike"
    KEEPING = "keeping", "Comparing them with the codebook"


UNFINISHED = (DiscoveryRunStatus.WAITING, DiscoveryRunStatus.RUNNING)
MOST_TRIES = 3


class DiscoveryRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(status__in=UNFINISHED)

    def of(self, consultation):
        return self.filter(consultation=consultation)


class DiscoveryRun(models.Model):
    """One run over the texts of a consultation, or (`splits`) of one suggestion. A worker carries it out."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    splits = models.ForeignKey("Suggestion", null=True, blank=True, on_delete=models.CASCADE, related_name="cuts")
    status = models.CharField(max_length=8, choices=DiscoveryRunStatus, default=DiscoveryRunStatus.WAITING)
    stage = models.CharField(max_length=8, choices=DiscoveryStage, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(
        default=0
    )  # counted before each try, because a killed worker reports nothing
    left = models.PositiveIntegerField(default=0)  # texts in no group when the run ended

    objects = DiscoveryRunQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(splits__isnull=True, status__in=UNFINISHED),
                name="one_discovery_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["splits"], condition=Q(status__in=UNFINISHED), name="one_split_of_a_suggestion_at_a_time"
            ),
        ]

    def __str__(self):
        return f"discovery for {self.consultation_id}: {self.status}"

    @property
    def is_unfinished(self):
        return self.status in UNFINISHED

    @property
    def is_given_up(self):
        return self.tries >= MOST_TRIES

    def try_it(self):
        self.tries += 1
        self.save(update_fields=["tries"])

    def move_to(self, stage):
        self.status, self.stage = DiscoveryRunStatus.RUNNING, stage
        self.save(update_fields=["status", "stage"])


class SuggestionState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted as a draft theme"
    JOINED = "joined", "Added to a theme"
    MERGED = "merged", "Merged into another suggestion"
    SPLIT = "split", "Split in two"
    DISMISSED = "dismissed", "Dismissed"


class DismissalReason(models.TextChoices):
    COVERED = "covered", "The codebook has this already"
    MIXED = "mixed", "These answers do not belong together"
    OUTSIDE = "outside", "It is not what we asked about"
    NOTHING = "nothing", "There is nothing to learn from it"
    OTHER = "other", "Another reason"


class SuggestionQuerySet(models.QuerySet):
    def of(self, consultation):
        return self.filter(consultation=consultation)

    def open(self):
        return self.filter(state=SuggestionState.OPEN)

    def decided(self):
        """Suggestions that a person has decided, merged or split. A new run keeps them."""
        touched = ~Q(state=SuggestionState.OPEN) | Q(merged__isnull=False) | Q(parent__isnull=False)
        return self.standing().filter(touched).distinct()

    def loose(self):
        """Suggestions that no person has touched. A new run may update or delete them."""
        return self.open().filter(merged=None, parent=None)

    def standing(self):
        """Suggestions to which texts may belong: all except split ones, whose texts went to their parts."""
        return self.exclude(state=SuggestionState.SPLIT)


class Suggestion(models.Model):
    """A group of similar texts. `centre`: mean embedding; `reach`: the least cosine of a member; `name` and `phrases`:
    words that at least five people of the consultation used."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=list)
    phrases = models.JSONField(default=list)
    centre = models.BinaryField()
    reach = models.FloatField()
    overlap = models.JSONField(default=list)  # [{"theme": id, "share": 0 to 1}], the largest first
    state = models.CharField(max_length=9, choices=SuggestionState, default=SuggestionState.OPEN)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    entry = models.ForeignKey(ThemeEntry, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added = models.JSONField(default=list)  # phrases that joining added to the theme, for undo
    reason = models.CharField(max_length=8, choices=DismissalReason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_on__isnull=True)
                | ~Q(state="open") & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="a_suggestion_is_open_or_somebody_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="dismissed", reason__gt="") | ~Q(state="dismissed") & Q(reason=""),
                name="a_dismissed_suggestion_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False) | ~Q(state="merged") & Q(into__isnull=True),
                name="a_merged_suggestion_says_into_what",
            ),
        ]

    def __str__(self):
        return ", ".join(self.name) or "No words in common"

    @property
    def is_open(self):
        return self.state == SuggestionState.OPEN

    @property
    def placements_with_merged(self):
        return Placement.objects.filter(Q(suggestion=self) | Q(suggestion__into=self))

    def save_decision(self, state, *, by, on, **how):
        for name, value in {"state": state, "decided_by": by, "decided_on": on, **how}.items():
            setattr(self, name, value)
        self.save()

    def open_again(self):
        blank = {"decided_by": None, "decided_on": None, "reason": "", "note": "", "into": None}
        for name, value in {"state": SuggestionState.OPEN, **blank, "entry": None, "theme": None, "added": []}.items():
            setattr(self, name, value)
        self.save()


class Placement(models.Model):
    """The engine has processed this text. `suggestion`: the one it belongs to, or None."""

    text = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="placement")
    suggestion = models.ForeignKey(Suggestion, null=True, on_delete=models.CASCADE, related_name="own_placements")
    near = models.FloatField(default=0)

    def __str__(self):
        return f"place of {self.text_id}"
