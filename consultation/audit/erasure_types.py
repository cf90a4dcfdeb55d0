"""Base classes of erasures: named objects that explain what they remove, what they keep, when and why (G3).

Each capability declares its own in `erasures.py`; `cms.operations.retention` runs them once a day and lists them on a
page. A test asserts that every field that may hold a respondent's data is covered by one.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone

from consultation.audit.audit_log import record_event

# Texts were erased by retention, withdrawal or recall, so models trained on them must be retrained. Sent inside the
# transaction: kwargs `reason` (the slug of an erasure) and `count`. It names no answer.
words_erased = Signal()

RETENTION_RUN = "retention run"
ERASURE_BATCH = 2000  # rows in a transaction, so that a Send never waits long
FEW, STEP = 10, 5
NOT_TOLD = "number not told"


def round_count(count: int) -> str:
    """A count rounded for the report, the log and the command: no page shows an exact count of people."""
    if count == 0:
        return "none"
    return f"fewer than {FEW}" if count < FEW else f"about {count // STEP * STEP}"


@dataclass(frozen=True)
class ErasureGroup:
    """Data erased together on one day, such as the texts of a consultation. `held_back`: the reason for a delay."""

    name: str
    on: date
    count: int
    obj: Any = None
    held_back: str = ""

    def is_due(self, today: date) -> bool:
        return self.on <= today and self.count > 0


class ErasureDescription:
    """What an erasure does, for the report. `line` and `keep` are those of the retention table (domain/controls.yaml)."""

    slug: ClassVar[str]
    line: ClassVar[str]
    keep: ClassVar[str]
    removes: ClassVar[str]
    keeps: ClassVar[str]
    why: ClassVar[str]
    # A field ("consultation.Answer.sealed") or a whole row with all that cascades ("consultation.Receipt").
    covers: ClassVar[frozenset[str]] = frozenset()
    learned_from: ClassVar[bool] = False  # models may have been trained on it
    counted: ClassVar[bool] = True  # False: their number is shown to nobody (D8)

    def about(self, count: int) -> str:
        return round_count(count) if self.counted else NOT_TOLD


def erase_batch(rows: QuerySet) -> int:
    """Erase at most ERASURE_BATCH of these rows, and return how many."""
    keys = lock_batch(rows)
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def lock_batch(rows: QuerySet) -> list[Any]:
    """The keys of at most ERASURE_BATCH of these rows: locked, then asked for again, so that what somebody changed in this
    moment stays, as a mailbox into which a child wrote."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:ERASURE_BATCH])
    one_by_one = rows.model._default_manager.filter(pk__in=keys).order_by("pk")
    locked = list(one_by_one.select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(rows.filter(pk__in=locked).values_list("pk", flat=True))


class Erasure(ErasureDescription, ABC):
    """An erasure that the daily retention sweep runs."""

    @abstractmethod
    def groups(self) -> Iterator[ErasureGroup]:
        """Everything kept under this line, with its day of erasure."""

    @abstractmethod
    def erase(self, group: ErasureGroup) -> int:
        """Erase at most ERASURE_BATCH rows of the group and return how many; 0: nothing is left."""

    def due(self, today: date) -> list[ErasureGroup]:
        return [group for group in self.groups() if group.is_due(today)]

    def run(self, today: date | None = None) -> list[ErasureGroup]:
        """Erase what is due and return the erased groups. May be killed at any time and run again."""
        went = []
        for group in self.due(today or timezone.localdate()):
            count = 0
            while some := self._erase_some(group):
                count += some
            if count:
                went.append(ErasureGroup(group.name, group.on, count, group.obj))
        return went

    @transaction.atomic
    def _erase_some(self, group: ErasureGroup) -> int:
        count = self.erase(group)
        if count:
            record_event(RETENTION_RUN, obj=group.obj, erased=self.slug, count=self.about(count))
            if self.learned_from:
                words_erased.send(sender=type(self), reason=self.slug, count=count)
        return count


class AfterDayErasure(Erasure):
    """An erasure of rows so long after a day that each of them has."""

    name: ClassVar[str]  # of its groups in the report
    rows: ClassVar[Any]  # a manager, or a queryset
    day: ClassVar[str]  # the field
    KEPT: ClassVar[timedelta]

    def groups(self) -> Iterator[ErasureGroup]:
        days: Counter[date] = Counter(self.rows.order_by().values_list(self.day, flat=True))
        for day, count in sorted(days.items()):
            yield ErasureGroup(self.name, day + self.KEPT, count)

    def erase(self, group: ErasureGroup) -> int:
        return erase_batch(self.rows.filter(**{self.day: group.on - self.KEPT}))


class RequestedErasure(ErasureDescription):
    """An erasure that a person asks for; `when` describes the occasion."""

    when: ClassVar[str]


class RetentionNote(ErasureDescription):
    """A line of the retention table without an erasure: data never stored, kept for good, or kept elsewhere."""

    def groups(self) -> Iterator[ErasureGroup]:
        """Data to be reviewed, with the day of the review."""
        yield from ()
