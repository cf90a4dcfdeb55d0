"""Retention rule for backups: those older than 35 days are deleted."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from consultation.audit.erasure import Erasure, Group


class OldBackups(Erasure):
    slug = "backups"
    line, keep = "backups", "35 days, sealed; what was taken out since is taken out again after a restore"
    removes = "Sealed copies of the whole database."
    keeps = "The younger ones."
    why = "A backup is for an accident. What was erased must not live on in it."

    def groups(self) -> Iterator[Group]:
        from cms.backups.actions import backups

        for day, _ in backups():
            yield Group(f"Backup of {day.isoformat()}", day + timedelta(days=settings.BACKUP_DAYS + 1), 1)

    def erase(self, group: Group) -> int:
        from cms.backups.actions import path_of

        path = path_of(group.on - timedelta(days=settings.BACKUP_DAYS + 1), settings.BACKUP_DIR)
        if not path.exists():
            return 0
        path.unlink()
        return 1
