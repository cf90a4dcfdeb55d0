"""Responses: closed answers, and one sealed Answer for each free text. No order, time or address is stored."""

import uuid
from functools import cache

from django.db import connections, models

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.surveys.models import ConsultationPage, PublishedVersion


class Channel(models.TextChoices):
    WEB = "web", "On the web"
    KIOSK = "kiosk", "Shared tablet"
    PAPER = "paper", "On paper"
    HELPED = "helped", "By phone or with a helper"
    GROUP = "group", "Group session"
    IMPORT = "import", "Import"
    REPLY = "reply", "Reply to a decision"


# Read like every free text, but no person who answered for themselves: a group's notes, a reason why a decision is wrong.
UNCOUNTED_CHANNELS = (Channel.GROUP, Channel.REPLY)


@cache
def _build_insert_if_new(model):
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING'  # noqa: S608


class ResponseQuerySet(models.QuerySet):
    def of(self, consultation):
        """Responses to any version of a ConsultationPage (the source-language page)."""
        return self.filter(version__page=consultation)

    def countable(self):
        """Responses that count in figures: neither excluded nor withdrawn."""
        return self.filter(excluded_from_figures=False, withdrawn=False)

    def insert_if_new(self, response):
        """Insert it; returns whether it was new. A duplicate must raise no error: the database's log would record its
        time and content."""
        fields = self.model._meta.concrete_fields
        connection = connections[self.db]
        values = [field.get_db_prep_save(getattr(response, field.attname), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(_build_insert_if_new(self.model), values)
            return cursor.rowcount == 1


class Response(KeyOrderedModel):
    """One person's answers to one version. Its id is derived from the form token, so a repeated Send is recognised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Its index is `responses_by_key`, by which a report reads a version's responses in chunks.
    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="responses", db_index=False)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.WEB)
    # The short name of the printed link that led here (a poster, a school), for counts by link alone.
    link = models.CharField(max_length=4, blank=True, default="")
    language = models.CharField(max_length=5)
    day = models.DateField()
    # Equality answers and used invitation code, sealed to the workers' key until a sweep moves them in a random batch
    # to tables that do not lead to this person (see equality_monitoring.py).
    sealed_equality = models.BinaryField(null=True, blank=True, db_column="apart")
    # {question key: option key | [option keys] | {row key: column key}}; see questionnaires.schema.
    closed = models.JSONField(default=dict)
    excluded_from_figures = models.BooleanField(default=False, db_column="held")  # a flood, or filled in too fast
    counted = models.PositiveIntegerField(
        null=True, blank=True
    )  # number of the first release that counted this person
    leaving = models.BooleanField(default=False)  # words erased since then: they leave figures with the next release
    withdrawn = models.BooleanField(default=False)
    # The person's own word on "May we show your words?"; None where nobody asked, as before the question was there.
    may_quote = models.BooleanField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        # For the sweep; a partial index, so that responses with an empty `sealed_equality` cost nothing.
        indexes = [
            models.Index(fields=["version", "id"], name="responses_by_key"),
            build_key_order_index("responses"),
            models.Index(
                fields=["version"], condition=models.Q(sealed_equality__isnull=False), name="responses_with_apart"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class EqualityRow(KeyOrderedModel):
    """One person's equality answers, without any link to the person (see equality_monitoring.py). A row is never shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.PROTECT, related_name="+")
    excluded_from_figures = models.BooleanField(default=False, db_column="held")  # as the person's response is
    # {question key: option key | [option keys]}; skipped questions are absent
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = [build_key_order_index("equality_rows")]

    def __str__(self):
        return "equality answers"


class AnswerState(models.TextChoices):
    UNREAD = "unread", "Not read yet"
    AWAITING_COLLEAGUE = "held", "Held: a colleague is asked"
    TRIAGE = "triage", "With the safeguarding lead"
    CLEARED = "cleared", "Cleared: can still be taken back"
    RELEASED = "released", "Released"
    NOT_USED = "not_used", "Read, not used"


# Nobody has decided yet: the clock of a flagged answer runs. Decided or sent, and may be taken back: it stands, so that
# this gives no more time. Released, it has ended; a case of the leads has a clock of its own.
RUNNING_CLOCK = (AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE)
STANDING_CLOCK = (AnswerState.CLEARED, AnswerState.NOT_USED, AnswerState.TRIAGE)


class AnswerQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(state=AnswerState.UNREAD)

    def undecided(self):
        """Unread, or a colleague was asked: somebody must still decide."""
        return self.filter(state__in=RUNNING_CLOCK)

    def of(self, consultation):
        return self.filter(response__version__page=consultation)


class Answer(KeyOrderedModel):
    """One free text, sealed. Its id is derived from the token and the text: the same text twice is one row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=120)  # the stable question id, not the short key
    sealed = models.BinaryField()
    soon = models.BooleanField(default=False)  # "I want someone to read this soon" (D4)
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.UNREAD, db_index=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [build_key_order_index("answers")]

    def __str__(self):
        return str(self.pk)

    def move_to(self, state):
        """Save a move to another state."""
        self.state = state
        self.save(update_fields=["state"])


class Tombstone(KeyOrderedModel):
    """A deletion marker, kept for as long as a backup may hold the deleted data: see deletion_markers.py."""

    digest = models.CharField(max_length=64, primary_key=True)  # HMAC-SHA-256 of kind and key, hex
    keep_until = models.DateField()  # the first of a month, so that the day of deletion stays unknown

    class Meta:
        indexes = [build_key_order_index("tombstones", "digest")]

    def __str__(self):
        return "tombstone"
