"""Restore a sealed backup into a scratch database, and look whether it is whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.backups import actions
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.database_copies import DatabaseCopyError
from consultation.responses.vault import VaultLocked


class Command(BaseCommand):
    help = "Restores a sealed backup into a scratch database, verifies both records there, and changes nothing else."

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, nargs="?", help="default: the newest in BACKUP_DIR")

    def handle(self, *, backup, **options):
        made = actions.list_backups()
        path = backup or (made[-1][1] if made else None)
        if path is None or not path.is_file():
            raise CommandError(f"There is no file {path}." if path else "There is no backup in BACKUP_DIR.")
        try:
            verified = actions.record_verified_backup(path)
        except VaultLocked as error:
            raise CommandError("No key here opens this backup: set BACKUP_OPEN_KEYS.") from error
        except (InvalidBackup, DatabaseCopyError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The backup of {verified.about.day} can be restored: both records are whole, {verified.media} files of media."
        )
