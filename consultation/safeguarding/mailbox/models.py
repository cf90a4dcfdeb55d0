"""Mailboxes of four words: who has no safe phone comes back, reads and writes again. Nothing joins them to an answer."""

import logging
import uuid

from django.conf import settings
from django.db import models

from consultation.agencies.models import KnownAgency
from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.deletion_markers import DeletionKind, record_deletion
from consultation.responses.sealed_json_field import SealedJSONField
from consultation.responses.vault import VaultLocked, can_open_sealed
from consultation.safeguarding.clocks import read_slot
from consultation.safeguarding.models import HiddenFromAgency, ReassignableItem, build_hiding_key, is_hidden_from

USER = settings.AUTH_USER_MODEL
logger = logging.getLogger(__name__)


class MailboxState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Mailbox(KeyOrderedModel, ReassignableItem):
    """One child and one lead at a time. Only what the words derive to is stored; moves and clock: mailbox/states.py."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # what the four words derive to, hex
    public_key = models.BinaryField()  # what leads write is sealed to it; the four words derive to its private key
    language = models.CharField(max_length=5)
    entered = models.BooleanField(default=False)  # the words were entered once, so they are never shown again
    state = models.CharField(max_length=6, choices=MailboxState, default=MailboxState.OPEN)
    # While a child's message has no answer [T1 or T2, the end of a day or, for T1, of a slot of one hour]; else null.
    # Sealed, with the level of the last alert: each tells how urgent the child's words are.
    clock = SealedJSONField(null=True, db_column="sealed_clock")
    alerted = SealedJSONField(default=0, db_column="sealed_alerted", least=3)  # as TriageCase.alerted
    claimed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A concern about staff of that agency (D7).
    agency = models.ForeignKey(KnownAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = HiddenFromAgency.as_manager()

    class Meta:
        indexes = [build_key_order_index("mailboxes")]

    def __str__(self):
        return self.name

    @property
    def waits(self):
        """Whether a child's message waits for an answer; known without a key."""
        return self.__dict__["clock"] is not None

    @property
    def priority(self):
        return self._open_clock()[0]

    @property
    def due(self):
        """The slot in which the child's message is due; None where no message waits."""
        return read_slot(self._open_clock()[1])

    def _open_clock(self):
        """What is sealed to a lost key says nothing: `mend_clocks` starts it anew. Raises VaultLocked in a process without
        a key."""
        try:
            return self.clock or ("", "")
        except VaultLocked:
            if not can_open_sealed():
                raise
            logger.error("the clock of a mailbox is sealed to a key that is not here")
            return "", ""

    @property
    def name(self):
        return f"Mailbox {str(self.pk)[:6]}"

    def hide_from(self, agency):
        """Hide it from an agency. Does not save; leaves a marker, so that a restored backup hides it again."""
        self.agency = agency
        if self.claimed_by and is_hidden_from(self, self.claimed_by):
            self.claimed_by = None
        record_deletion(DeletionKind.HIDDEN, build_hiding_key(self.pk, agency.pk))


class MailboxMessage(KeyOrderedModel):
    """A message of the child, or of a lead, who is its author. The last one of a closed mailbox says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveSmallIntegerField()  # its place in the conversation
    sealed = models.BinaryField()  # JSON {text, attached} for the leads
    sealed_to_words = models.BinaryField(null=True, blank=True)  # a lead's text once more, for the child
    author = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    screened = models.BooleanField(default=False)  # a child's message that the screen has seen

    class Meta:
        indexes = [build_key_order_index("mailbox_messages")]
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "number"], name="each_message_has_its_place"),
            models.CheckConstraint(
                condition=models.Q(author__isnull=True, sealed_to_words__isnull=True)
                | models.Q(author__isnull=False, sealed_to_words__isnull=False),
                name="what_a_lead_writes_is_for_the_child",
            ),
        ]

    def __str__(self):
        return "a message"
