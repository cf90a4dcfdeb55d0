"""Readiness check: the last sealed backup is at most two days old."""

from datetime import timedelta

from django.utils import timezone

from cms.backups.actions import backups
from cms.worker.ready import RUNNING
from consultation.ready import Found, check

OLDEST = timedelta(days=2)


@check("backup", "The last backup is fresh and sealed", group=RUNNING, lapses=True)
def backed_up() -> Found:
    made = backups()
    if not made:
        return Found(False, "There is no backup: run ./dev manage backup each night.")
    day, _ = made[-1]
    fresh = day >= timezone.localdate() - OLDEST
    return Found(fresh, f"The last one is of {day:%-d %B}." if fresh else f"The last one is old: of {day:%-d %B}.")
