"""Write today's sealed backup, restore it for a trial, and delete old ones."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.operations.backups import actions
from cms.operations.backups.backup_content import name_secrets
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.database_copies import DatabaseCopyError
from cms.operations.backups.offsite_copies import CopyFailed
from consultation.responses.vault import VaultLocked


class Command(BaseCommand):
    help = (
        "Writes a sealed copy of the database and the media to BACKUP_DIR and BACKUP_COPY, one for each day, restores "
        "it for a trial, and deletes those older than 35 days."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=None, metavar="DIR", help="another folder than BACKUP_DIR")
        parser.add_argument(
            "--no-verify", action="store_true", help="where no private key is: verify_backup does it elsewhere"
        )

    def handle(self, *, to, no_verify, **options):
        try:
            path = actions.create_backup(to)
            self.stdout.write(
                f"{path}: {path.stat().st_size} bytes, sealed. Not in it, so kept apart: {name_secrets()}."
            )
            old = actions.delete_old_backups(to)
            self.stdout.write(f"{old} older than {settings.BACKUP_DAYS} days went.")
        except (actions.BackupRefused, CopyFailed, DatabaseCopyError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        if no_verify:
            return
        try:
            verified = actions.record_verified_backup(path)
        except VaultLocked as error:
            raise CommandError("It was not verified: no key here opens it. Set BACKUP_OPEN_KEYS.") from error
        except (InvalidBackup, DatabaseCopyError, OSError) as error:
            raise CommandError(f"It was made, and it cannot be restored. {error}") from error
        self.stdout.write(f"Restored for a trial: both records are whole, {verified.media} files of media.")
        self._ping()

    def _ping(self):
        try:
            actions.ping_monitor()
        except OSError as error:
            self.stderr.write(f"BACKUP_PING_URL was not reached: {type(error).__name__}.")
