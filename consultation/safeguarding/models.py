"""For safeguarding leads: cases, contact requests, withdrawn words to be read once, and the help directory."""

import uuid

from django.conf import settings
from django.db import models

from consultation.responses.models import Answer


class CaseState(models.TextChoices):
    NEW = "new", "New"
    CLAIMED = "claimed", "Claimed"
    SECOND_VIEW = "second-view", "Second view"
    REFERRED = "referred", "Referred"
    CONTACTED = "contacted", "Contacted"
    LEARNING_ONLY = "learning-only", "Learning only"
    NO_CONCERN = "no-concern", "No concern"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"


class Priority(models.TextChoices):
    T1 = "T1", "T1: today, within two working hours"
    T2 = "T2", "T2: today if it came by 15:00"
    T3 = "T3", "T3: within two working days"


class TriageCase(models.Model):
    """One concern. States and moves: safeguarding/states.py, from controls.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.OneToOneField(Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="case")
    state = models.CharField(max_length=13, choices=CaseState, default=CaseState.NEW)
    priority = models.CharField(max_length=2, choices=Priority, default=Priority.T2)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_view_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    reporting_duty = models.CharField(max_length=14, blank=True)  # yes, no, not-applicable
    reference = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # The share of its time, in percent, at which someone was last told: 0, 50, 100 or 150.
    alerted = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | (
                    ~models.Q(outcome="")
                    & ~models.Q(reason="")
                    & ~models.Q(reporting_duty="")
                    & models.Q(decided_by__isnull=False, closed_at__isnull=False)
                ),
                name="closing_needs_outcome_reason_duty_and_who",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """A random name: a number that counts up would say how many there are."""
        return f"Item {str(self.pk)[:6]}"


class ContactRequest(models.Model):
    """ "Ask someone to contact me" (D3): a store of its own; nothing joins it to an answer. Sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()  # JSON {name, how, when, not_say, message}
    language = models.CharField(max_length=5)
    day = models.DateField()
    due = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=[("new", "New"), ("claimed", "Claimed"), ("closed", "Closed")], default="new"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"Request {str(self.pk)[:6]}"


class WithdrawnText(models.Model):
    """Withdrawn words that nobody had read: sealed, seen by leads only, read within one working day, then erased.

    Where the duty to tell applies, they are kept with a case until it is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    question = models.TextField()  # the question as asked
    language = models.CharField(max_length=5)
    due = models.DateTimeField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        TriageCase, null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_texts"
    )

    def __str__(self):
        return "withdrawn words"


class HelpEntry(models.Model):
    """One place that helps. Older than 90 days unchecked warns the officers (D2)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    for_whom = models.CharField(max_length=120)
    call = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200, blank=True)
    web = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    leaves_trace = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "help entries"

    def __str__(self):
        return self.name
