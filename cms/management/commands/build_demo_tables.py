from django.core.management import BaseCommand

from cms.demo.empty_tables import FILE, build_empty_tables


class Command(BaseCommand):
    help = "Make the demo's empty tables anew, after a new migration."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(f"{FILE.name}: {build_empty_tables()} bytes.")
