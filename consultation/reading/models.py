"""Models of the reading desk. The screen's proposals and people's decisions are different rows."""

import uuid
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.models import Answer
from consultation.responses.sealed_json_field import SealedJSONField
from consultation.safeguarding.clocks import read_slot
from consultation.safeguarding.policies import pick_more_urgent
from consultation.surveys.models import ConsultationPage

# Bytes to which what was found is padded, if nothing was found too: 99 of 100 answers have no more reasons, none more spans.
REASONS_BYTES, SPANS_BYTES = 1024, 512
NOTE_BYTES = 256  # of what readers write: that there is a note tells that an answer is flagged

REPORTED = {
    "rule": "reported", "category": "reported", "label": "Someone saw a name left in", "start": None, "end": None,
}  # fmt: skip


class ReadingOrder(NamedTuple):
    """What orders the reading of one answer. A flag without a priority is T2."""

    flagged: bool
    priority: str  # of a flag: T1, T2 or T3
    language: str


def read_order(stored, reported=False):
    """The ReadingOrder that `stored` says. What nobody can open, as its key is not here, is flagged: somebody must look."""
    flagged, priority, language = stored or (True, "", "")
    least = "T2" if reported or (flagged and not priority) else ""
    return ReadingOrder(flagged or reported, pick_more_urgent(priority, least) if least else priority, language)


class Screening(KeyOrderedModel):
    """The screen's proposal. It orders the reading and starts clocks; it never decides. Offsets only, no words.

    What was found in the words is sealed as they are, and takes the same place whatever it is. What SQL cannot ask of it,
    a process with the key asks of `reading_order_cache`.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, primary_key=True, related_name="screening")
    order = SealedJSONField(db_column="sealed_order")  # [flagged, priority, language] as the screen found
    # The end of the one-hour slot in which a flagged answer is due, empty without a flag (`write_slot`); null when its
    # decision can no longer be undone.
    clock = SealedJSONField(null=True, db_column="sealed_clock")
    # [{rule, category, label, start, end}], code points
    reasons = SealedJSONField(default=list, db_column="sealed_reasons", least=REASONS_BYTES)
    reported = models.BooleanField(default=False, db_default=False)  # somebody saw a name in the cleared words
    # Proposed redaction [{start, end, type, why}], code points; null until the sweep came to it.
    spans = SealedJSONField(default=list, null=True, db_column="sealed_spans", least=SPANS_BYTES)
    engine = models.CharField(max_length=40)  # version of the screen
    read_counted = models.BooleanField(default=False)  # its first read stands in the tally of its quarter
    # Only of answers excluded from figures: the similarity mark, and whether earlier answers have the same words.
    alike = models.CharField(max_length=33, blank=True)
    copy = models.BooleanField(default=False)

    class Meta:
        indexes = [
            build_key_order_index("screenings", "answer"),
            models.Index(fields=["alike"], condition=~models.Q(alike=""), name="screenings_alike"),
            models.Index(fields=["answer"], condition=models.Q(spans__isnull=True), name="screenings_unredacted"),
        ]

    def __str__(self):
        return f"screening of {self.pk}"

    @property
    def reading_order(self):
        return read_order(self.order, self.reported)

    @property
    def flagged(self):
        return self.reading_order.flagged

    @property
    def priority(self):
        return self.reading_order.priority

    @property
    def language(self):
        return self.reading_order.language

    @property
    def due(self):
        """The due slot of a flagged answer; None without one."""
        return read_slot(self.clock)

    def list_reasons(self):
        return [REPORTED, *self.reasons] if self.reported else self.reasons

    def list_proposals(self):
        """None before the sweep came to it: whoever opens an answer has it redacted first."""
        return self.spans or []


class ReadingDecision(models.TextChoices):
    CLEAR = "clear", "Cleared"
    NEVER_QUOTE = "never_quote", "Cleared, never quoted"
    ASK_COLLEAGUE = "hold", "Held"
    TRIAGE = "triage", "Sent to the safeguarding lead"
    NOT_USED = "not_used", "Read, not used"


class Reading(models.Model):
    """One person's decision on one answer, with the redaction that they confirmed.

    `text` is the redacted text (tags for personal data); `release_at` is when an undo ends; `released` makes the
    row the outbox that insights takes from. `spans` and `note` are sealed as the child's words are.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, primary_key=True, related_name="reading")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The reader who asked a colleague; they may not answer their own question.
    colleague_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="held_by_id",
    )
    decision = models.CharField(max_length=11, choices=ReadingDecision)
    spans = SealedJSONField(default=list, db_column="sealed_spans", least=SPANS_BYTES)
    text = models.TextField(blank=True)
    identifying_story = models.BooleanField(default=False)
    quotable = models.BooleanField(default=True)
    was_triaged = models.BooleanField(default=False)
    note = SealedJSONField(default=str, db_column="sealed_note", least=NOTE_BYTES)
    language = models.CharField(max_length=8, blank=True)  # as a reader said; empty: as the screen says
    decided_at = models.DateTimeField()
    release_at = models.DateTimeField(null=True, blank=True)
    released = models.BooleanField(default=False, db_index=True)
    # The batch in which it was decided, and by which it is undone.
    together = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["together"], condition=models.Q(together__isnull=False), name="readings_together")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released=False) | models.Q(decision__in=["clear", "never_quote"]),
                name="only_cleared_text_is_released",
            ),
            models.CheckConstraint(
                condition=models.Q(quotable=False) | models.Q(was_triaged=False, identifying_story=False),
                name="triaged_or_identifying_text_is_never_quoted",
            ),
        ]

    def __str__(self):
        return f"reading of {self.pk}"


class Lease(models.Model):
    """Which reader has which answer open: two readers never get the same one."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, primary_key=True, related_name="lease")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self):
        return f"lease of {self.pk}"


class UrgentNotices(models.Model):
    """The one row that says who was told of which T1 answers that wait for a decision: sealed, since it would name them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    # {"levels": {answer id, hex: level of the last alert}, "slots": {person id: beginning of the slot of the last message}}
    told = SealedJSONField(default=dict, least=4096)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_row_of_urgent_notices")]

    def __str__(self):
        return "urgent notices"


class Draft(models.Model):
    """A reader's unfinished work on an answer, kept across closed pages and sessions and deleted with the decision.

    Marks are offsets and types, no words; the note is the reader's own. Both are sealed.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="drafts")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # form values; null: as proposed
    marks = SealedJSONField(null=True, db_column="sealed_marks", least=SPANS_BYTES)
    note = SealedJSONField(default=str, db_column="sealed_note", least=NOTE_BYTES)
    uncovered = models.BooleanField(default=False)  # the reader asked to see a covered text
    later = models.DateTimeField(null=True, blank=True)  # left for later: not offered to this reader before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "reader"], name="one_draft_of_a_reader")]

    def __str__(self):
        return f"draft of {self.answer_id}"


class PracticeSet(models.Model):
    """A set of seeded answers: invented texts among those of a consultation, to measure what readers miss."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="+")
    planted_on = models.DateField()
    # Null: the command line.
    planted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-planted_on", "name", "id"]

    def __str__(self):
        return self.name


class ExpectedDecision(models.TextChoices):
    TRIAGE = "triage", "Send to the safeguarding lead"
    HIDE = "hide", "Hide names"
    CLEAR = "clear", "Clear"


class SeededOutcome(models.TextChoices):
    WAITING = "", "Not read yet"
    RIGHT = "right", "As it should be"
    MISSED = "missed", "Missed"
    TOO_MUCH = "too-much", "Sent on, though harmless"


class PracticeAnswer(models.Model):
    """One seeded answer. It does not name its reader: results say what is missed, not by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice_set = models.ForeignKey(PracticeSet, on_delete=models.CASCADE, related_name="items")
    answer = models.OneToOneField(Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="practice")
    words = models.TextField()
    wanted = models.CharField(max_length=6, choices=ExpectedDecision)
    names = models.JSONField(default=list)  # [[start, end]] that must be hidden, code points
    outcome = models.CharField(max_length=8, choices=SeededOutcome, blank=True)

    def __str__(self):
        return f"seeded answer {self.pk}"


class OriginalOpened(models.Model):
    """Who opened an original, and why. The reason may quote the answer, so it is sealed, and erased with the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = SealedJSONField(default=str, db_column="sealed_reason", least=NOTE_BYTES)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"original of {self.answer_id} opened"
