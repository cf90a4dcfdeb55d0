from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from cms.operations.backups.actions import backup_path, list_backups
from consultation.audit.erasure_types import Erasure, ErasureGroup


class OldBackups(Erasure):
    slug = "backups"
    line, keep = "backups", "35 days, sealed; what was taken out since is taken out again after a restore"
    removes = "Sealed copies of the whole database."
    keeps = "The younger ones."
    why = "A backup is for an accident. What was erased must not live on in it."

    def groups(self) -> Iterator[ErasureGroup]:
        for day, _ in list_backups():
            yield ErasureGroup(f"Backup of {day.isoformat()}", day + timedelta(days=settings.BACKUP_DAYS + 1), 1)

    def erase(self, group: ErasureGroup) -> int:
        path = backup_path(group.on - timedelta(days=settings.BACKUP_DAYS + 1), settings.BACKUP_DIR)
        if not path.exists():
            return 0
        path.unlink()
        return 1
