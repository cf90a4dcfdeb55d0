"""Print how far the numbers of a release were from the counts at its freeze; refuse where one was changed since,
or where they are too high or too low together."""

import json

from django.core.management.base import BaseCommand, CommandError

from insights.releases.models import Release
from insights.releases.release_verification import fingerprint_figures, why_not_unbiased


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("release", type=int, help="the id of the release")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, release, **options):
        found = Release.objects.filter(pk=release).first()
        if found is None or not found.verification:
            raise CommandError("There is no such release, or it was made before releases were verified.")
        if fingerprint_figures(found) != found.verification["fingerprint"]:
            raise CommandError("A number of this release is not the one that was frozen.")
        if why_not := why_not_unbiased(found.verification):
            raise CommandError(why_not)
        lines = json.dumps(found.verification) if options["json"] else _write_lines(found.verification)
        self.stdout.write(lines)


def _write_lines(summary):
    return "\n".join(f"{name}: {value}" for name, value in summary.items())
