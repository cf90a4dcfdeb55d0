"""Runs and previews all erasures of the retention table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cms.retention.registry import ERASURES
from consultation.audit.erasure import Erasure, Group


@dataclass(frozen=True)
class Line:
    """One retention rule with its due and later groups of records."""

    erasure: Erasure
    due: list[Group]
    later: list[Group]

    @property
    def going(self) -> list[tuple[Group, str]]:
        """(group, approximate amount) of each due group."""
        return [(group, self.erasure.about(group.count)) for group in self.due]

    @property
    def next_about(self) -> str:
        return self.erasure.about(self.later[0].count) if self.later else ""

    @property
    def next(self) -> Group | None:
        return self.later[0] if self.later else None

    @property
    def held_back(self) -> list[Group]:
        return [group for group in self.due if group.held_back]


def look(today: date | None = None) -> list[Line]:
    """Dry run: nothing changes."""
    return list(_lines(today or timezone.localdate()))


def _lines(today: date) -> Iterator[Line]:
    for erasure in ERASURES:
        groups = sorted((group for group in erasure.groups() if group.count), key=lambda group: (group.on, group.name))
        yield Line(
            erasure, [group for group in groups if group.is_due(today)], [g for g in groups if not g.is_due(today)]
        )


def run(today: date | None = None) -> list[tuple[Erasure, Group]]:
    """Erase what is due under every rule. It may be killed at any time and run again."""
    return [(erasure, group) for erasure in ERASURES for group in erasure.run(today)]
