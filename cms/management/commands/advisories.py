"""Look for known weaknesses of the locked packages in a copy of the Python advisory database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.security.advisories import find_advisories
from cms.operations.security.locked_packages import list_locked_packages


class Command(BaseCommand):
    help = (
        "Compares requirements.lock with DIR, a checkout of https://github.com/pypa/advisory-database, and ends with 1 "
        "when a package has a known weakness. It asks no network: it knows what the checkout knows."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("database", type=Path, metavar="DIR")

    def handle(self, *, database, **options):
        if not (database / "vulns").is_dir():
            raise CommandError(f"{database} is no checkout of the advisory database: it has no folder “vulns”.")
        packages = list_locked_packages()
        if found := list(find_advisories(packages, database)):
            raise CommandError("\n".join(["Known weaknesses:", *map(str, found)]))
        self.stdout.write(f"{len(packages)} packages: no known weakness.")
