"""Say in words what is wrong with the site, and how to mend it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.deploy_files.server_plan import ServerPlan
from cms.operations.doctor.examination import examine_site
from cms.settings.variables import VARIABLES


class Command(BaseCommand):
    help = (
        "Runs every check of the site and of the machine: what is wrong, and how to mend it. Ends with 1 when anything is "
        "wrong. It changes nothing."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="for a program; no value of a variable"
        )
        parser.add_argument("--etc-dir", type=Path, default=Path(ServerPlan().etc_dir), help="the environment files")
        parser.add_argument("--alarms", action="store_true", help="end with 1 for an alarm alone, as after an upgrade")
        parser.add_argument("--inside", action="store_true", help="do not ask the site through its proxy")

    def handle(self, *, as_json, etc_dir, inside, alarms, **options):
        found = list(examine_site(etc_dir=etc_dir, ask_outside=not inside))
        wrong = [one for one in found if not one.ok]
        if as_json:
            set_ = {name: name in os.environ for name in VARIABLES}
            self.stdout.write(json.dumps({"ok": not wrong, "checks": list(map(asdict, found)), "set": set_}, indent=1))
        else:
            self._tell(found, wrong)
        if any(one.alarm for one in wrong) if alarms else wrong:
            raise CommandError(f"{len(wrong)} of {len(found)} checks are not in order.", returncode=1)

    def _tell(self, found, wrong):
        for one in found:
            self.stdout.write(f"{'ok   ' if one.ok else 'ALARM' if one.alarm else 'WRONG'} {one.title}: {one.says}")
            if one.mend:
                self.stdout.write(f"        {one.mend}")
        if not wrong:
            self.stdout.write("All in order.")
