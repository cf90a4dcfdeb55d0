"""`manage.py load_help`: add missing entries of the help directory's seed; existing entries stay unchanged."""

from django.core.management.base import BaseCommand

from consultation.safeguarding.help.directory import load_help_entries, select_stale_entries


class Command(BaseCommand):
    help = "Adds the help entries of the seed that are missing."

    def handle(self, **options):
        new = load_help_entries()
        self.stdout.write(f"{new} new help entries; {select_stale_entries().count()} wait for a person's check.")
