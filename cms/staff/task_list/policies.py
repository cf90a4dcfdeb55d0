"""Due tasks and reminder steps as pure values: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

SOON = timedelta(days=14)
LONGEST_SILENCE = timedelta(days=90)  # without a progress note on a decision
STEPS = (10, 5, 1, 0)  # working days before the answer is due; afterwards every five
REPEAT_AFTER = 5


@dataclass(frozen=True)
class DueTask:
    """One due task. `people`: ids of its owners, empty for everyone; `but_not`: ids that must not do it."""

    kind: str
    title: str
    url: str
    then: str  # what happens if nobody does it
    day: date | None = None
    permission: str = "consultation.edit_consultation"
    people: frozenset[int] = field(default_factory=frozenset)
    about: int | None = None  # id of the consultation, if it is about one alone
    but_not: frozenset[int] = field(default_factory=frozenset)

    def is_for(self, user_id: int) -> bool:
        return user_id in self.people if self.people else user_id not in self.but_not


def visible_tasks(items: Iterable[DueTask], *, user: Any, mine: bool) -> list[DueTask]:
    """Tasks that the user has permission for, by date, undated last; `mine` drops other people's."""
    found = [item for item in items if user.has_perm(item.permission) and (not mine or item.is_for(user.pk))]
    return sorted(found, key=lambda item: (item.day is None, item.day or date.max, item.kind, item.title))


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one kind that are due on the same day, or on none, with the same consequence."""

    day: date | None
    kind: str
    then: str
    items: list[DueTask] = field(default_factory=list)


def group_tasks(items: Iterable[DueTask]) -> list[TaskGroup]:
    """Groups in the order of their first tasks."""
    found: dict[tuple[date | None, str, str], TaskGroup] = {}
    for item in items:
        alike = (item.day, item.kind, item.then)
        found.setdefault(alike, TaskGroup(*alike)).items.append(item)
    return list(found.values())


def is_news_owed(*, last_word: date, next_update: date | None, today: date) -> bool:
    """Whether a decision owes news: the promised day has come, or the last note is too old."""
    return (next_update is not None and next_update <= today) or today - last_word > LONGEST_SILENCE


def reminder_step(left: int) -> int | None:
    """Reminder step for `left` working days (negative: overdue); None if no reminder is due yet."""
    if left < 0:
        return -((-left - 1) // REPEAT_AFTER * REPEAT_AFTER) - 1
    return min((step for step in STEPS if left <= step), default=None)


def must_remind(left: int, reminded: Sequence[int]) -> bool:
    """At most one reminder per step."""
    step = reminder_step(left)
    return step is not None and step not in reminded
