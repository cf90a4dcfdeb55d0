"""Restore a sealed backup."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.backups.actions import fetch_journal, fetch_newest_backup
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.database_copies import DatabaseCopyError
from cms.operations.recovery.actions import finish_restored_database, restore_backup
from consultation.responses.vault import VaultLocked

REMINDER = """On a new machine, before it is started: voice prepare_site, without which it shows no page.
Nobody is signed in, nobody has a role, and no old password or second factor opens an account: a backup
does not know what was taken away since. Make two administrators again, voice create_administrator EMAIL for each: they
find all the others on the page People, where one asks for a role and the other confirms it. Agreements with partners
are those of that day: look through them.
The audit log ends with that day: its later entries are only where the old database is."""


class Command(BaseCommand):
    help = "Puts a sealed backup in the place of the database, and takes out again what was taken out since."

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, nargs="?")
        parser.add_argument(
            "--fetch", action="store_true", help="take the newest one, or the journal, from BACKUP_COPY"
        )
        parser.add_argument(
            "--restored-on",
            type=date.fromisoformat,
            metavar="DAY",
            help="the database was brought back to this day by other means, such as pgBackRest: do only what follows",
        )
        parser.add_argument("--yes", action="store_true", help="what is in the database now is lost: I know")

    def handle(self, *, backup, fetch, restored_on, yes, **options):
        if not yes:
            raise CommandError("What is in the database now would be lost. Stop the site, then run it with --yes.")
        try:
            done = self._finish(fetch, restored_on) if restored_on else self._restore(backup, fetch)
        except VaultLocked as error:
            raise CommandError("BACKUP_OPEN_KEYS and ANSWER_OPEN_KEYS hold no key that opens this backup.") from error
        except (InvalidBackup, DatabaseCopyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The database is that of {done['day']}, and {done['media']} files of media.")
        for kind, count in done["again"].items():
            self.stdout.write(f"Taken out again: {count} {kind}.")
        self.stdout.write("Suspended: {roles} roles. Ended: {sessions} sessions.".format(**done["suspended"]))
        self.stdout.write(REMINDER)

    def _restore(self, backup, fetch):
        if fetch:
            backup = fetch_newest_backup()
        if backup is None or not backup.is_file():
            raise CommandError(
                f"There is no file {backup}." if backup else "There is no backup: name a file, or --fetch."
            )
        return restore_backup(backup, self._report_each_tenth)

    def _finish(self, fetch, day):
        if fetch:
            fetch_journal()
        return finish_restored_database(day)

    def _report_each_tenth(self, step, percent):
        if percent % 10 == 0:
            self.stdout.write(f"{step}: {percent} %")
            self.stdout.flush()
