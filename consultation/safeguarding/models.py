"""Triage cases, contact requests, withdrawn texts and help entries."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.agencies.actions import store_agency
from consultation.agencies.first_agencies import find_outcome
from consultation.agencies.models import KnownAgency
from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.responses.deletion_markers import DeletionKind, cancel_deletion, record_deletion
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text

USER = settings.AUTH_USER_MODEL


def build_hiding_key(key, agency):
    """Key of the deletion marker of a hiding. `key`: the answer's id, as a backup may be older than the case; `agency`:
    the agency's key."""
    return f"{key}:{agency}"


def is_hidden_from(item, person):
    """Whether a concern about staff is hidden from this person, who is of that agency or of none that is known."""
    return item.agency_id is not None and person.agency_id in (None, item.agency_id)


class HiddenFromAgency(models.QuerySet):
    """Hides concerns about staff from people of the same agency (D7)."""

    def seen_by(self, lead):
        """Rows that this lead may see. A lead without an agency sees no concern about any staff."""
        own = lead.agency_id
        return self.exclude(agency=own) if own else self.filter(agency=None)

    def hidden_from(self, lead):
        """Rows that this lead may not see."""
        own = lead.agency_id
        return self.filter(agency=own) if own else self.exclude(agency=None)

    def hidden_from_somebody(self):
        return self.exclude(agency=None)


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
    """What each means: safeguarding/clocks.py."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"


class CaseCategory(models.TextChoices):
    """A kind of concern with a clock and words of its own; all others have none."""

    NON_RECENT = "non-recent", "Non-recent: what happened years ago"


class TriageCase(models.Model):
    """One concern. States and moves: safeguarding/states.py, from domain/controls.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.OneToOneField(Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="case")
    state = models.CharField(max_length=13, choices=CaseState, default=CaseState.NEW)
    priority = models.CharField(max_length=2, choices=Priority, default=Priority.T2)
    category = models.CharField(max_length=10, choices=CaseCategory, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    # When it reached its present state.
    moved_at = models.DateTimeField(default=timezone.now)
    # Agency of the member of staff that the concern is about; empty for other concerns.
    agency = models.ForeignKey(KnownAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_view_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_view_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)
    sealed_reason = models.BinaryField(null=True, blank=True)  # reason of the outcome
    reporting_duty = models.CharField(max_length=14, blank=True)  # yes, no, not-applicable
    sealed_reference = models.BinaryField(null=True, blank=True)  # in the receiving system
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # Level of the last alert sent (alerts.LEVELS, or a small number for arrival); 0: none.
    alerted = models.PositiveSmallIntegerField(default=0)

    objects = HiddenFromAgency.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | (
                    ~models.Q(outcome="")
                    & ~models.Q(reporting_duty="")
                    & models.Q(
                        sealed_reason__isnull=False,
                        sealed_reference__isnull=False,
                        decided_by__isnull=False,
                        closed_at__isnull=False,
                    )
                ),
                name="closing_needs_outcome_reason_duty_reference_and_who",
            ),
            models.CheckConstraint(
                condition=(
                    ~models.Q(priority="T1", state="no-concern") & ~models.Q(priority="T1", outcome="false positive")
                )
                | (
                    models.Q(first_view_by__isnull=False, second_view_by__isnull=False)
                    & ~models.Q(first_view_by=models.F("second_view_by"))
                ),
                name="two_leads_for_no_concern_on_t1",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """A random name: a running number would tell how many cases there are."""
        return f"Item {str(self.pk)[:6]}"

    def hide_from(self, agency):
        """Does not save. Leaves a deletion marker, so that a restored backup hides it again."""
        self.show_to_all()
        self.agency = store_agency(agency)
        record_deletion(DeletionKind.HIDDEN, build_hiding_key(self.answer_id or self.pk, self.agency_id))

    def show_to_all(self):
        """Does not save."""
        if self.agency_id:
            cancel_deletion(DeletionKind.HIDDEN, build_hiding_key(self.answer_id or self.pk, self.agency_id))
        self.agency = None

    def list_sealed_words(self):
        """The answer's words, or those kept with the case when the answer was withdrawn."""
        sealed = [self.answer.sealed] if self.answer else [text.sealed for text in self.withdrawn_texts.all()]
        return [each for each in sealed if each]

    def is_unread_by(self, lead):
        """Whether there are words that this lead has not opened since signing in."""
        seen = self.notes.filter(kind=CaseNote.Kind.SEEN, author=lead)
        since = seen.filter(written_at__gte=lead.last_login) if lead.last_login else seen
        return bool(self.list_sealed_words()) and not since.exists()

    def list_referrals(self):
        """(agency's name, its outcome, whether it has decided) of each referral."""
        made = self.referrals.select_related("agency")
        return [(each.agency.name, find_outcome(each.agency), each.decided_at is not None) for each in made]

    def find_reference(self, outcome):
        """The reference that the agency of this outcome gave; empty if it gave none."""
        made = self.referrals.select_related("agency")
        given = (referral.reference for referral in made if find_outcome(referral.agency) == outcome)
        return next(filter(None, given), "")

    @property
    def is_non_recent(self):
        return self.category == CaseCategory.NON_RECENT

    @property
    def why(self):
        """Notes of the people who brought the concern, opened."""
        return "\n".join(note.text for note in self.notes.filter(kind=CaseNote.Kind.BROUGHT))

    @property
    def reason(self):
        return open_sealed_text(self.sealed_reason) if self.sealed_reason else ""

    @property
    def reference(self):
        return open_sealed_text(self.sealed_reference) if self.sealed_reference else ""


class SealedNote(models.Model):
    """A note by staff: sealed like an answer, never changed, deleted with its subject."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    author = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]

    def __str__(self):
        return "a note"

    @property
    def text(self):
        return open_sealed_text(self.sealed)


class CaseNote(SealedNote):
    class Kind(models.TextChoices):
        BROUGHT = "brought", "Brought here"
        NOTE = "note", "Note"
        SEEN = "seen", "Saw the words"
        CLOSED = "closed", "Closed"
        SENT = "sent", "Printed for another agency"

    case = models.ForeignKey(TriageCase, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.NOTE)


class ContactState(models.TextChoices):
    NEW = "new", "New"
    CLAIMED = "claimed", "Taken"
    TRIED = "tried", "Tried, not reached"
    REACHED = "reached", "Reached"
    CLOSED = "closed", "Closed"


class ContactRequest(KeyOrderedModel):
    """ "Ask someone to contact me" (D3): a store of its own; nothing joins it to an answer. Sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()  # JSON {name, how, when, not_say, message}
    language = models.CharField(max_length=5)
    day = models.DateField()
    due = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ContactState, default=ContactState.NEW)
    claimed_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    alerted = models.PositiveSmallIntegerField(default=0)  # as TriageCase.alerted

    class Meta:
        indexes = [build_key_order_index("contact_requests")]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(state="closed") & models.Q(closed_on__isnull=False))
                | (~models.Q(state="closed") & models.Q(closed_on__isnull=True)),
                name="a_closed_request_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="new", claimed_by__isnull=True)
                | (~models.Q(state="new") & models.Q(claimed_by__isnull=False)),
                name="a_request_is_with_someone_once_taken",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"Request {str(self.pk)[:6]}"


class ContactNote(SealedNote):
    """Attempts and outcome of a contact request; erased with it, 30 days after it was closed."""

    contact = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="notes")
    after = models.CharField(max_length=9, choices=ContactState)  # the state that the note came with


class ReassignableItem(models.Model):
    """An item that can be reassigned, with a message for whoever takes it. A case keeps the message among its notes."""

    sealed_handover = models.BinaryField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def assignment_note(self):
        return open_sealed_text(self.sealed_handover) if self.sealed_handover else ""


class WithdrawnText(KeyOrderedModel, ReassignableItem):
    """A withdrawn, unread text: sealed, seen by leads only, read within one working day, then erased.

    Where the duty to tell applies, it is kept with a case until that is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    question = models.TextField()  # the question as asked
    language = models.CharField(max_length=5)
    due = models.DateTimeField()
    read_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Once read: the reader's deadline to decide, at least two working hours away.
    keep_until = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(
        TriageCase, null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_texts"
    )
    # Of the text's case at withdrawal, so that a hidden text stays hidden.
    agency = models.ForeignKey(KnownAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alerted = models.PositiveSmallIntegerField(default=0)  # as TriageCase.alerted

    objects = HiddenFromAgency.as_manager()

    class Meta:
        indexes = [build_key_order_index("withdrawn_texts")]

    def __str__(self):
        return "withdrawn words"


class HelpEntry(models.Model):
    """A service that helps. Officers are warned after 90 days without a check (D2)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    for_whom = models.CharField(max_length=120)
    call = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200, blank=True)
    web = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    leaves_trace = models.CharField(max_length=200, blank=True)
    needs = models.JSONField(default=list, blank=True)  # of needs.NEEDS
    languages = models.JSONField(default=list, blank=True)  # codes; none: English
    chat = models.CharField(max_length=120, blank=True)
    is_free = models.BooleanField(default=False)
    no_name = models.BooleanField(default=False)
    on_bill = models.CharField(max_length=3, blank=True, choices=[("yes", "It may show"), ("no", "It may not show")])
    order = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "help entries"

    def __str__(self):
        return self.name
