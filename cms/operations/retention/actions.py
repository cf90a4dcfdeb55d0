"""Runs and previews all erasures of the retention table."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cms.operations.retention.retention_registry import ERASURES
from consultation.audit.erasure_types import Erasure, ErasureGroup


@dataclass(frozen=True)
class RetentionLine:
    """One retention rule with its due and later groups of records."""

    erasure: Erasure
    due: list[ErasureGroup]
    later: list[ErasureGroup]

    @property
    def due_group_amounts(self) -> list[tuple[ErasureGroup, str]]:
        return [(group, self.erasure.about(group.count)) for group in self.due]

    @property
    def next_about(self) -> str:
        return self.erasure.about(self.later[0].count) if self.later else ""

    @property
    def next(self) -> ErasureGroup | None:
        return self.later[0] if self.later else None

    @property
    def held_back(self) -> list[ErasureGroup]:
        return [group for group in self.due if group.held_back]


def preview_erasures(today: date | None = None) -> list[RetentionLine]:
    """Dry run: nothing changes."""
    today, lines = today or timezone.localdate(), []
    for erasure in ERASURES:
        groups = sorted((group for group in erasure.groups() if group.count), key=lambda group: (group.on, group.name))
        due, later = [group for group in groups if group.is_due(today)], [g for g in groups if not g.is_due(today)]
        lines.append(RetentionLine(erasure, due, later))
    return lines


def erase_everything_due(today: date | None = None) -> list[tuple[Erasure, ErasureGroup]]:
    """Erase what is due under every rule. It may be killed at any time and run again."""
    return [(erasure, group) for erasure in ERASURES for group in erasure.run(today)]
