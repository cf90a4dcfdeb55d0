"""Write today's sealed backup and delete old ones."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.operations.backups import actions
from cms.operations.backups.database_copies import DatabaseCopyError


class Command(BaseCommand):
    help = (
        "Writes a sealed copy of the database to BACKUP_DIR, one for each day, and deletes those older than 35 days."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=None, metavar="DIR", help="another folder than BACKUP_DIR")

    def handle(self, *, to, **options):
        try:
            path = actions.create_backup(to)
        except DatabaseCopyError as error:
            raise CommandError(str(error)) from error
        old = actions.delete_old_backups(to)
        self.stdout.write(
            f"{path}: {path.stat().st_size} bytes, sealed. {old} older than {settings.BACKUP_DAYS} days went."
        )
