"""Readiness check: the last sealed backup is at most two days old."""

from datetime import timedelta

from django.utils import timezone

from cms.operations.backups.actions import list_backups
from cms.operations.scheduler.readiness import RUNNING
from consultation.readiness import ReadinessResult, readiness_check

OLDEST = timedelta(days=2)


@readiness_check("backup", "The last backup is fresh and sealed", group=RUNNING, lapses=True, alarm=True)
def check_backup_freshness() -> ReadinessResult:
    made = list_backups()
    if not made:
        return ReadinessResult(False, "There is no backup.", "Run ./dev manage backup each night.")
    day, _ = made[-1]
    fresh = day >= timezone.localdate() - OLDEST
    return ReadinessResult(
        fresh, f"The last one is of {day:%-d %B}." if fresh else f"The last one is old: of {day:%-d %B}."
    )
