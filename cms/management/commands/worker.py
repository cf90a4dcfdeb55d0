"""Run a worker until it is stopped."""

import logging

from django.core.management.base import BaseCommand

from cms.worker import schedule
from cms.worker.worker import SweepWorker


class Command(BaseCommand):
    help = "Run tasks and due sweeps until stopped. Any number of workers may run, on any number of machines."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1.0, help="seconds to wait when nothing is due")

    def handle(self, *, interval, **options):
        schedule.load_all()
        for name in ("django_tasks_db", "django.tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        worker = SweepWorker(interval=interval)
        worker.configure_signals()
        self.stdout.write(f"The worker runs {len(schedule.SWEEPS)} sweeps. Stop it with Ctrl-C.")
        worker.run_for_ever()
