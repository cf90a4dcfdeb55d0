"""Erasure is a named object that explains what it removes, what it keeps, when and why (DESIGN, habit 9).

Each room declares its own in a file `erasures.py`; `cms.retention` lists them all, runs them once a day and shows them
on a page. A test asks that every field which may hold a respondent's data is covered by one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from consultation.audit.log import record

# Words are erased, by retention, withdrawal or recall: whatever was learned from them should be fitted anew. Sent
# inside the transaction: kwargs `reason` (the slug of an erasure) and `count`. It names no answer.
words_gone = Signal()

RUN = "retention run"
CHUNK = 2000  # rows in a transaction, so that a Send never waits long
FEW, STEP = 10, 5
NOT_TOLD = "number not told"


def about(count: int) -> str:
    """A number as the report, the log and the command tell it: no page shows an exact count of people."""
    if count == 0:
        return "none"
    return f"fewer than {FEW}" if count < FEW else f"about {count // STEP * STEP}"


@dataclass(frozen=True)
class Group:
    """What goes together on one day: the words of a consultation, say. `held_back` says why it does not go yet."""

    name: str
    on: date
    count: int
    obj: Any = None
    held_back: str = ""

    def is_due(self, today: date) -> bool:
        return self.on <= today and self.count > 0


class Explained:
    """What is erased, in words for a report. `line` is the line of the retention table (controls.yaml)."""

    slug: ClassVar[str]
    line: ClassVar[str]
    keep: ClassVar[str]
    removes: ClassVar[str]
    keeps: ClassVar[str]
    why: ClassVar[str]
    # "consultation.Answer.sealed", or "consultation.Receipt": the whole row, and every row that goes with it.
    covers: ClassVar[frozenset[str]] = frozenset()
    learned_from: ClassVar[bool] = False  # models may have been trained on it
    counted: ClassVar[bool] = True  # False: how many there are is told to nobody (D8)

    def about(self, count: int) -> str:
        return about(count) if self.counted else NOT_TOLD


class Erasure(Explained, ABC):
    """One that retention runs."""

    @abstractmethod
    def groups(self) -> Iterator[Group]:
        """All that is kept under this line, with the day on which it goes."""

    @abstractmethod
    def erase(self, group: Group) -> int:
        """Erase at most CHUNK rows of the group; how many. 0: nothing is left."""

    def due(self, today: date) -> list[Group]:
        return [group for group in self.groups() if group.is_due(today)]

    def run(self, today: date | None = None) -> list[Group]:
        """Erase what is due; what went. May be killed at any time and run again."""
        went = []
        for group in self.due(today or timezone.localdate()):
            count = 0
            while some := self._erase_some(group):
                count += some
            if count:
                went.append(Group(group.name, group.on, count, group.obj))
        return went

    @transaction.atomic
    def _erase_some(self, group: Group) -> int:
        count = self.erase(group)
        if count:
            record(RUN, obj=group.obj, erased=self.slug, count=self.about(count))
            if self.learned_from:
                words_gone.send(sender=type(self), reason=self.slug, count=count)
        return count


class OnRequest(Explained):
    """One that a person asks for: it says what will happen, and does it."""

    when: ClassVar[str]


class Kept(Explained):
    """A line of the table under which nothing is erased here: never stored, kept for good, or kept elsewhere."""

    def groups(self) -> Iterator[Group]:
        """What is looked at again, and on which day."""
        yield from ()
