"""Run a worker until it is stopped."""

import logging

from django.core.management.base import BaseCommand

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.safety_process import SafetyProcess
from cms.operations.scheduler.sweep_worker import SweepWorker


class Command(BaseCommand):
    help = "Run tasks and due sweeps until stopped. Any number of workers may run, on any number of machines."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1.0, help="seconds to wait when nothing is due")
        parser.add_argument(
            "--queue", choices=sweep_schedule.QUEUES, help="of one queue alone; without it, a process for each"
        )

    def handle(self, *, interval, queue, **options):
        sweep_schedule.load_all_sweeps()
        for name in ("django_tasks_db", "django.tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)
        worker = SweepWorker(interval=interval, queue=queue or sweep_schedule.DEFAULT)
        worker.configure_signals()
        if queue:
            worker.run_for_ever(beside_parent=True)
            return
        safety = SafetyProcess(interval=interval)
        if any(sweep.first for sweep in sweep_schedule.SWEEPS):
            safety.start()
        self.stdout.write(f"The worker runs {len(sweep_schedule.SWEEPS)} sweeps. Stop it with Ctrl-C.")
        try:
            worker.run_for_ever()
        finally:
            safety.stop()
