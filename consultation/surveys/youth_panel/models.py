"""Rounds of the youth panel: the questions as they were seen, codes as digests, ticks as counts, and words that a reader
clears before an officer sees them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from consultation.domain.key_order import KeyOrderedModel, build_key_order_index
from consultation.surveys.models import ConsultationPage

SHOWN_FROM = 3  # members: of fewer, ticks could be told apart


class PanelMark(models.TextChoices):
    """What a member may tick."""

    GOOD = "good", "Good as it is"
    UNCLEAR = "unclear", "I do not get it"
    LONG = "long", "Too long"
    PRIVATE = "private", "Too private"
    MISSING = "missing", "My answer is not there"
    DROP = "drop", "Leave it out"


class PanelRoundQuerySet(models.QuerySet):
    def with_changes(self):
        """Those of which everyone is told what changed."""
        return self.exclude(agreed_on=None)

    def with_unread_words(self):
        """Those with words on which no reader has decided, whether the screen has looked at them or not."""
        return self.filter(_has_unread_words())

    def awaiting_someone(self):
        """Those whose change no colleague has agreed to yet, and those with `has_unread_words`."""
        waits = Q(agreed_on=None) & ~Q(changed="")
        return self.annotate(has_unread_words=_has_unread_words()).filter(waits | Q(has_unread_words=True))


def _has_unread_words():
    return Exists(PanelWords.objects.filter(panel_round=OuterRef("pk"), sealed__isnull=False))


class PanelRound(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="panel_rounds")
    questions = models.JSONField()  # [{id, text, hint, options: [text]}], each text as {language: words}
    codes = models.JSONField(default=dict)  # {digest: whether it was used}; empty once the round is over
    marks = models.JSONField(default=dict)  # {question id: {mark: number}}; nothing says which came together
    sent = models.PositiveSmallIntegerField(default=0)  # members who sent ticks
    words_since = models.DateField(null=True, blank=True)  # when words came last while none was unread
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed = models.TextField(blank=True)  # what changed because of them; everyone can read it once it is agreed
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(  # None of those that were told when one person was enough
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PanelRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(changed="", told_on__isnull=True, told_by__isnull=True)
                | ~Q(changed="") & Q(told_on__isnull=False, told_by__isnull=False),
                name="what_a_panel_changed_is_told_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True, agreed_by__isnull=True)
                | Q(agreed_on__isnull=False) & ~Q(agreed_by=models.F("told_by")) & ~Q(changed=""),
                name="what_a_panel_changed_is_agreed_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.consultation}, youth panel"

    @property
    def is_over(self):
        """Whether no tick can come any more: the codes are erased, or all were used."""
        return all(self.codes.values())

    @property
    def unread_since(self):
        """The day from which unread words wait, for all of the round together: the day of each could tell which of them one
        member wrote. Of words that came before this day was kept, the first on which they can have come."""
        return self.words_since or self.made_on

    @property
    def waits(self):
        return bool(self.changed) and self.agreed_on is None

    @property
    def marks_show(self):
        """Once, when the round is over: of two looks at a running one the difference would be one member's ticks."""
        return self.is_over and self.sent >= SHOWN_FROM


class PanelWordsQuerySet(models.QuerySet):
    def awaiting_reader(self):
        """Screened words on which no reader has decided."""
        return self.filter(screened=True, sealed__isnull=False)


class PanelWords(KeyOrderedModel):
    """What one member would change about one question. Its key is derived from the code and the words, and it holds
    neither, so nothing says which words came together. Sealed until a reader decides; then `text` is what the reader
    cleared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    panel_round = models.ForeignKey(PanelRound, on_delete=models.CASCADE, related_name="words")
    question = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    sealed = models.BinaryField(null=True)  # null once it is cleared
    screened = models.BooleanField(default=False)
    text = models.TextField(blank=True)

    objects = PanelWordsQuerySet.as_manager()

    class Meta:
        indexes = [build_key_order_index("panel_words")]

    def __str__(self):
        return "words of the youth panel"
