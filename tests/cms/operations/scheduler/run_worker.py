"""`run_worker.py SWEEP...`: a real worker in its own process, for tests that kill it."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from cms.operations.scheduler import sweep_queue, sweep_schedule, sweep_worker  # noqa: E402

sweep_queue.DEAD_AFTER = timedelta(seconds=2)
sweep_worker.BEAT_SECONDS, sweep_worker.REAP_SECONDS = 0.5, 0.5
sweep_schedule.SWEEPS = [
    sweep_schedule.Sweep(f"tests.cms.operations.scheduler.sweeps.{name}", 3600) for name in sys.argv[1:]
]
call_command("worker", interval=0.1)
