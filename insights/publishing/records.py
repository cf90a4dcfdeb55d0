"""Records that one person writes and another publishes: their state, people, days and words, and how they are locked."""

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

GONE = "Someone has discarded it already."
SOURCE = settings.LANGUAGE_CODE


class PublicationStatus(models.TextChoices):
    DRAFT = "draft", "Waits for a second person"
    PUBLISHED = "published", "Published"


class PublicationQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=PublicationStatus.PUBLISHED)


class PeriodQuerySet(PublicationQuerySet):
    def open_on(self, day):
        return self.published().filter(opens__lte=day, closes__gte=day)

    def begun_by(self, day):
        """Open or over: those that everyone may see."""
        return self.published().filter(opens__lte=day)


class Publishable(models.Model):
    """A record with `status`, `published_by` and `published_on`, which change together."""

    status: Any
    published_by: Any
    published_on: Any

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.status == PublicationStatus.DRAFT

    @property
    def state_hash(self) -> str:
        """A hash of what becomes public. "": a draft never changes."""
        return ""

    def mark_published(self, by: Any, day: date, **more: Any) -> None:
        """`by` is the second person; `more`: other fields that change with it."""
        changed = {"status": PublicationStatus.PUBLISHED, "published_by": by, "published_on": day, **more}
        for name, value in changed.items():
            setattr(self, name, value)
        self.save(update_fields=list(changed))

    def mark_draft(self) -> None:
        """No longer public, until a second person publishes it again."""
        self.status, self.published_by, self.published_on = PublicationStatus.DRAFT, None, None


class TwoPersonRecord(Publishable):
    status = models.CharField(max_length=9, choices=PublicationStatus, default=PublicationStatus.DRAFT)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def list_writer_ids(self) -> set[int]:
        return {self.made_by_id} - {None}


class CoWrittenRecord(TwoPersonRecord):
    """Written by several people; whoever wrote any of it may not publish it."""

    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        abstract = True

    def list_writer_ids(self) -> set[int]:
        return super().list_writer_ids() | {writer.pk for writer in self.writers.all()}


def hard_because_field() -> Any:
    """Why words above the reading age of their audience are public all the same, as whoever published them gave it."""
    return models.CharField(max_length=300, blank=True, default="", db_default="")


class WrittenRecord(CoWrittenRecord):
    """With words in several languages: {language: {field: words}}, as `translation_confirmation` says."""

    words = models.JSONField(default=dict)
    hard_because = hard_because_field()

    class Meta:
        abstract = True

    @property
    def english(self) -> dict[str, Any]:
        return self.words.get(SOURCE) or {}

    def words_in(self, language: str, *, preview: bool = False) -> dict[str, Any]:
        """The words in a language; a translation only once a named person has confirmed it (X7), or in a `preview`."""
        words: dict[str, Any] = self.words.get(language) or {}
        return words if language == SOURCE or preview or words.get("checked_by") else {}


class PeriodRecord(models.Model):
    """Put to people from a first to a last day, once it is published."""

    opens = models.DateField()
    closes = models.DateField()

    class Meta:
        abstract = True

    def is_open(self, day):
        return self.status == PublicationStatus.PUBLISHED and self.opens <= day <= self.closes

    def is_over(self, day):
        return self.status == PublicationStatus.PUBLISHED and day > self.closes


def build_two_person_constraints(
    set_together: str, two_people: str, *, maker: str = "made_by"
) -> list[models.BaseConstraint]:
    """Publisher and day are set together, and the publisher is not the maker; the arguments are the names."""
    return [
        models.CheckConstraint(
            condition=Q(status="draft", published_by__isnull=True, published_on__isnull=True)
            | Q(status="published", published_by__isnull=False, published_on__isnull=False),
            name=set_together,
        ),
        models.CheckConstraint(condition=Q(published_by__isnull=True) | ~Q(published_by=F(maker)), name=two_people),
    ]


def hash_state(state: Any) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def lock_record[T](of: T, gone: str = GONE) -> T:
    """The row as it is now, locked until the transaction ends; ValidationError `gone` where it is deleted."""
    found: T | None = type(of).objects.select_for_update().filter(pk=of.pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise ValidationError(gone)
    return found
