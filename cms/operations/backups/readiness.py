"""Readiness checks: a backup of the last two days was restored for a trial, and backups have a key of their own."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from cms.operations.backups.actions import VERIFIED
from cms.operations.scheduler.readiness import RUNNING
from cms.operations.security.readiness import belong_together
from consultation.audit.models import AuditEntry
from consultation.readiness import ReadinessResult, readiness_check

OLDEST = timedelta(days=2)
AHEAD = timedelta(days=1)  # a clock may be off by so much
NIGHTLY = "Run voice backup each night, and read what it says."


def last_verified_day() -> date | None:
    """The day of the last backup that was restored for a trial. By the audit log: web processes see no backup folder."""
    entry = AuditEntry.objects.filter(verb=VERIFIED).order_by("-seq").first()
    return date.fromisoformat(entry.data["day"]) if entry else None


@readiness_check("backup", "The last backup is fresh, sealed and verified", group=RUNNING, lapses=True, alarm=True)
def check_backup_freshness() -> ReadinessResult:
    day, today = last_verified_day(), timezone.localdate()
    if day is None:
        return ReadinessResult(False, "There is no verified backup yet.", NIGHTLY)
    if day > today + AHEAD:
        return ReadinessResult(False, f"The last one is of a day to come, {day:%-d %B}.", "Set the machine's clock.")
    if day < today - OLDEST:
        return ReadinessResult(False, f"The last verified one is old: of {day:%-d %B}.", NIGHTLY)
    return ReadinessResult(True, f"The last one is of {day:%-d %B}.")


@readiness_check("backup-key", "Backups have a key of their own", group=RUNNING, lapses=True)
def check_backup_key() -> ReadinessResult:
    if not settings.BACKUP_SEAL_KEY:
        return ReadinessResult(
            False,
            "They are sealed to the key of answers.",
            "Make a pair with voice answer_key; set BACKUP_SEAL_KEY and BACKUP_OPEN_KEYS.",
        )
    if settings.BACKUP_OPEN_KEYS and not belong_together(settings.BACKUP_SEAL_KEY, settings.BACKUP_OPEN_KEYS):
        return ReadinessResult(
            False,
            "Nobody here can open a backup that is made today.",
            "Set BACKUP_OPEN_KEYS and BACKUP_SEAL_KEY to the halves of one pair, from where you kept voice-keys.env.",
        )
    return ReadinessResult(True, "Whoever opens a backup cannot open an answer in it.")
