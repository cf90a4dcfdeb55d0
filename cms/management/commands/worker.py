"""Run a worker until it is stopped."""

import contextlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.supervised_process import SupervisedProcess
from cms.operations.scheduler.sweep_schedule import DEFAULT, HEAVY, SAFETY, SCREENING
from cms.operations.scheduler.sweep_worker import SweepWorker


class Command(BaseCommand):
    help = "Run due sweeps until stopped. Any number of workers may run, on any number of machines."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1.0, help="seconds to wait when nothing is due")
        parser.add_argument(
            "--queue", choices=sweep_schedule.QUEUES, help="of one queue alone; without it, of each in its process"
        )
        parser.add_argument(
            "--name", default="", help="of this worker: what a former one of this name had claimed is free"
        )

        parser.add_argument("--processes", type=int, default=1, help="of each queue, with TASKS=celery")

    def handle(self, *, interval, queue, name, processes, **options):
        sweep_schedule.load_all_sweeps()
        if settings.TASKS_ENGINE not in ("database", "celery"):
            raise CommandError(f"TASKS is {settings.TASKS_ENGINE!r}: it can be database or celery.")
        if settings.TASKS_ENGINE == "celery":
            from cms.operations.scheduler import celery_worker

            celery_worker.run_worker(queue, processes)
            return
        worker = SweepWorker([queue] if queue else [DEFAULT, HEAVY], interval=interval, name=name)
        worker.configure_signals()
        with contextlib.ExitStack() as kept:
            for other in () if queue else {SCREENING, SAFETY} & set(sweep_schedule.list_used_queues()):
                process = SupervisedProcess(other, interval=interval)
                process.start()
                kept.callback(process.stop)
            self.stdout.write(f"The worker runs {len(sweep_schedule.SWEEPS)} sweeps. Stop it with Ctrl-C.")
            worker.run_for_ever(beside_parent=bool(queue))
