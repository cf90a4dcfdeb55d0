"""Bring database, roles, pages, help entries and static files up to the code: at the first start and at each upgrade."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from wagtail.models import Locale

from cms.accounts.roles import sync_roles
from cms.site.pages.site_setup import ensure_site
from consultation.safeguarding.help.directory import load_help_entries, select_stale_entries


class Command(BaseCommand):
    help = (
        "Migrates, brings the roles in step, adds the site's pages that are missing, adds the help entries that are "
        "missing, and collects static files. Safe to run again: what officers changed stays."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        codes = [code for code, _ in settings.LANGUAGES]
        parser.add_argument("--languages", nargs="+", default=[], metavar="CODE", help=f"of {', '.join(codes)}")
        parser.add_argument("--no-help-entries", action="store_true", help="leave the directory of help as it is")

    def handle(self, *, languages, no_help_entries, verbosity, **options):
        if unknown := set(languages) - {code for code, _ in settings.LANGUAGES}:
            raise CommandError(f"There are no words in {', '.join(sorted(unknown))}.")
        call_command("migrate", interactive=False, verbosity=verbosity, stdout=self.stdout)
        if connection.vendor == "sqlite":
            # SQLite opens its file to the owner alone for writing; public processes run as another user of the group.
            Path(connection.settings_dict["NAME"]).chmod(0o660)
        sync_roles()
        ensure_site(sorted({settings.LANGUAGE_CODE, *languages, *self._list_used_languages()}))
        if not no_help_entries:
            self.stdout.write(f"{load_help_entries()} help entries added.")
        self.stdout.write("Style sheets, pictures and scripts.")
        call_command("collectstatic", interactive=False, verbosity=0)
        waiting = select_stale_entries().count()
        self.stdout.write(f"The site is there, in {', '.join(self._list_used_languages())}.")
        self.stdout.write(f"{waiting} help entries wait for a person's check." if waiting else "")

    def _list_used_languages(self):
        return Locale.objects.values_list("language_code", flat=True)
