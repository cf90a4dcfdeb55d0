"""Print how far the numbers of a release were from the counts at its freeze; refuse where one was changed since, or
where they are not as exact, as unbiased or as many as agreed. What an older release did not record is said."""

import json

from django.core.management.base import BaseCommand, CommandError

from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.releases.models import Release
from insights.releases.release_verification import (
    RECORDED,
    fingerprint_figures,
    list_faults,
    list_unrecorded,
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("release", type=int, help="the id of the release")
        parser.add_argument("--json", action="store_true", help="one JSON object; null is what was not recorded")

    def handle(self, *, release, **options):
        found = Release.objects.filter(pk=release).first()
        if found is None or not found.verification:
            raise CommandError("There is no such release, or it was made before releases were verified.")
        summary, unrecorded = found.verification, list_unrecorded(found.verification)
        if "fingerprint" not in unrecorded and fingerprint_figures(found) != summary["fingerprint"]:
            raise CommandError("A number of this release is not the one that was frozen.")
        if faults := list_faults(summary, perturbed=parse_stored_rules(found.rules).perturb):
            raise CommandError(" ".join(faults))
        if unrecorded:
            self.stderr.write(f"Not recorded when this release was made: {', '.join(unrecorded)}.")
        whole = {name: summary.get(name) for name in RECORDED}
        lines = [f"{name}: {'not recorded' if name in unrecorded else value}" for name, value in whole.items()]
        self.stdout.write(json.dumps(whole) if options["json"] else "\n".join(lines))
