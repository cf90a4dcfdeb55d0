"""The register of public commitments: leaders' pledges, what groups do, and principles that were adopted; and what
groups sent in, which nobody but officers reads."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from consultation.responses.sealed_json_field import SealedJSONField
from insights.decisions.models import Decision, Progress
from insights.publications.models import Results
from insights.publishing.records import (
    CoWrittenRecord,
    PublicationQuerySet,
    PublicationStatus,
    Publishable,
    build_two_person_constraints,
    hash_state,
)

ENDED = (Progress.DONE, Progress.STOPPED)


class CommitmentKind(models.TextChoices):
    PLEDGE = "pledge", "A leader’s pledge"
    OFFER = "offer", "What a group does"
    PRINCIPLE = "principle", "A principle"


class CommitmentQuerySet(models.QuerySet):
    def published(self):
        """Those that everyone may read: staff wrote or read each word, and a person who wrote none of it published it."""
        public = self.filter(status=PublicationStatus.PUBLISHED, retired_on__isnull=True)
        return public.exclude(writers=F("published_by"))

    def list_late(self, today):
        """Those that everyone may read, past their day, and not said to have ended."""
        return [one for one in self.published().filter(due__lt=today) if one.outcome is None]

    def pledges(self):
        return self.filter(kind=CommitmentKind.PLEDGE)

    def offers(self):
        return self.filter(kind=CommitmentKind.OFFER)

    def principles(self):
        return self.filter(kind=CommitmentKind.PRINCIPLE)


class Commitment(CoWrittenRecord):
    """What someone says in public that they will do. Staff wrote or read each word, and another person published it."""

    kind = models.CharField(max_length=9, choices=CommitmentKind)
    name = models.CharField(max_length=120)  # the leader's job, the group, or the principle
    what = models.TextField()
    language = models.CharField(max_length=8, default=settings.LANGUAGE_CODE)  # of the words
    # What a leader read; `decisions` of a principle are those that show it.
    results = models.ForeignKey(Results, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decisions = models.ManyToManyField(Decision, blank=True, related_name="commitments")
    begins = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            *build_two_person_constraints(
                "commitment_published_by_and_on_together", "two_people_publish_a_commitment"
            ),
            models.CheckConstraint(condition=~Q(kind="pledge") | Q(due__isnull=False), name="a_pledge_has_a_day"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(status="published"), name="only_a_public_commitment_retires"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("insights:commitment", args=[self.pk])

    @property
    def is_public(self):
        return self.status == PublicationStatus.PUBLISHED and self.retired_on is None

    @property
    def state(self):
        """The state in words, for staff."""
        return "Retired" if self.retired_on else self.get_status_display()

    @property
    def state_hash(self):
        days = [str(self.begins), str(self.due)]
        read = sorted(self.decisions.values_list("pk", flat=True))
        said = [self.kind, self.name, self.what, self.language, *days, self.results_id, read]
        return hash_state(said)

    @property
    def public_notes(self):
        """The notes that a second person published, the newest first."""
        return [note for note in self.notes.all() if not note.is_draft]

    @property
    def newest_note(self):
        return next(iter(self.public_notes), None)

    @property
    def outcome(self):
        """The note that says how it ended, or None."""
        return self.newest_note if self.newest_note and self.newest_note.progress in ENDED else None

    @property
    def is_late(self):
        return bool(self.due) and self.outcome is None and self.due < timezone.localdate()


class CommitmentNote(Publishable):
    """A dated note on how a commitment goes, public once a second person has published it. A note is never changed; a
    newer one follows it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="notes")
    day = models.DateField()
    progress = models.CharField(max_length=8, choices=Progress)
    words = models.CharField(max_length=300)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=9, choices=PublicationStatus, default=PublicationStatus.DRAFT, db_default=PublicationStatus.DRAFT
    )
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = build_two_person_constraints(
            "commitment_note_published_by_and_on_together", "two_people_publish_a_commitment_note", maker="written_by"
        )

    def __str__(self):
        return f"{self.commitment}, {self.day}"

    def list_writer_ids(self):
        return {self.written_by_id}


class ContactReason(models.TextChoices):
    """Why an officer reaches a group: a closed list, so that it may stand in the audit log."""

    ASK = "ask", "To ask the group about what it sent"
    TELL = "tell", "To tell the group what became of it"
    PROGRESS = "progress", "To ask how it goes"


class SentOfferQuerySet(models.QuerySet):
    def screened(self):
        """Those that an officer may read: the screen has found no cry for help in them."""
        return self.filter(screened=True).exclude(name="")

    def unscreened(self):
        """A worker of the version before marks one that is still sealed, while both versions run: it has no name yet."""
        return self.filter(Q(screened=False) | Q(name=""))

    def waiting(self):
        """Those that an officer may take."""
        return self.screened().filter(commitment=None)


class SentOffer(models.Model):
    """What somebody sent by the public form. No public page reads this table: an officer writes the commitment. Until it
    is screened, all that was written is in `contact`, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    what = models.TextField()
    begins = models.CharField(max_length=80, blank=True)  # in the words of the group
    # Sealed; as long as any, so that its length tells nothing.
    contact = SealedJSONField(default=str, db_column="sealed_contact", least=256)
    language = models.CharField(max_length=8)
    day = models.DateField()
    screened = models.BooleanField(default=False)
    commitment = models.OneToOneField(
        Commitment, null=True, blank=True, on_delete=models.SET_NULL, related_name="sent_offer"
    )

    objects = SentOfferQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self):
        return "an offer of a group"
