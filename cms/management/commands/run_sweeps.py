"""Run every due sweep once."""

import logging

from django.core.management.base import BaseCommand, CommandError

from cms.worker import queue, schedule
from cms.worker.models import SweepRun
from cms.worker.worker import SweepWorker


class Command(BaseCommand):
    help = "Run every due sweep once, and leave: for cron, in place of a standing worker, or before a look at a demo."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="run each sweep, due or not")

    def handle(self, **options):
        for name in ("django_tasks_db", "django.tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        queue.reap()
        count = queue.enqueue_due(force=options["all"])
        SweepWorker(interval=0).work_until_empty()
        failed = SweepRun.objects.filter(name__in=[sweep.path for sweep in schedule.SWEEPS], failures__gt=0)
        if failed:
            raise CommandError("; ".join(f"{run.name} failed {run.failures} times: {run.error}" for run in failed))
        self.stdout.write(f"{count} sweeps ran.")
