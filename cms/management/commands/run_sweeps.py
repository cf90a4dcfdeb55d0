"""Run every due sweep once."""

from django.core.management.base import BaseCommand, CommandError

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.models import SweepRun
from cms.operations.scheduler.sweep_worker import SweepWorker


class Command(BaseCommand):
    help = "Run every due sweep once, and leave: for cron, in place of a standing worker, or before a look at a demo."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="run each sweep, due or not")

    def handle(self, **options):
        count = SweepWorker().run_all(force=options["all"])
        failed = SweepRun.objects.filter(
            name__in=[sweep.name for sweep in sweep_schedule.list_all_parts()], failures__gt=0
        )
        if failed:
            raise CommandError("; ".join(f"{run.name} failed {run.failures} times: {run.error}" for run in failed))
        self.stdout.write(f"{count} sweeps ran.")
