"""Write the software bill of materials, and refuse a package whose licence is not among the allowed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.security.locked_packages import list_locked_packages
from cms.operations.security.sbom import build_sbom


class Command(BaseCommand):
    help = (
        "Writes FILE, a CycloneDX 1.6 JSON: every package of requirements.lock with version, hashes, licence and what it "
        "needs. Ends with 1 when a licence is not in cms/operations/security/licences.yaml."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file, **options):
        file.write_text(json.dumps(build_sbom(), indent=1) + "\n", encoding="utf-8")
        packages = list_locked_packages()
        self.stdout.write(f"Written: {file}, {len(packages)} packages.")
        if wrong := [each for each in packages if not each.may_be_installed]:
            raise CommandError("Not allowed: " + ", ".join(f"{each.name} ({each.licence or '?'})" for each in wrong))
