"""Write the files that a server needs."""

from dataclasses import fields
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.operations.deploy_files.file_writer import write_files
from cms.operations.deploy_files.server_plan import ServerPlan

WORDS = {
    "public_host": "name of the public site",
    "staff_host": "name of the staff site",
    "home": "folder of the code",
    "etc_dir": "folder of the environment files",
    "var_dir": "folder of database, media and backups",
    "log_dir": "folder of the logs",
    "certificates": "folder of HOST.pem and HOST.key for both names",
}


class Command(BaseCommand):
    help = (
        "Writes into DIR, from one plan: systemd units, nginx, PostgreSQL, PgBouncer, logrotate, an environment sample, "
        "Containerfile, compose and a Helm chart. cms/operations/INSTALL.md says where each goes."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")
        for field in fields(ServerPlan):
            if field.name in WORDS:
                option = "--" + field.name.replace("_", "-")
                parser.add_argument(option, default=field.default, help=f"{WORDS[field.name]} ({field.default})")

    def handle(self, *, folder, **options):
        plan = ServerPlan(**{name: options[name] for name in WORDS})
        if plan.public_host == plan.staff_host:
            raise CommandError("Staff need a name of their own, so that their cookies never reach the public site.")
        for path in write_files(folder, plan):
            self.stdout.write(str(path))
