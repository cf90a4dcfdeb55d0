"""`run_worker.py [--queue safety] SWEEP...`: a real worker in its own process, for tests that kill it. A sweep named
"safety:quick" is a safety sweep."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from cms.operations.scheduler import safety_process, sweep_queue, sweep_schedule, sweep_worker  # noqa: E402

sweep_queue.DEAD_AFTER = timedelta(seconds=2)
sweep_worker.BEAT_SECONDS, sweep_worker.REAP_SECONDS = 0.5, 0.5
queue = "safety" if sys.argv[1] == "--queue" else None
names = sys.argv[3:] if queue else sys.argv[1:]
sweep_schedule.SWEEPS = [
    sweep_schedule.Sweep(
        f"tests.cms.operations.scheduler.sweeps.{name.removeprefix('safety:')}", 3600, first=name.startswith("safety:")
    )
    for name in names
]
safety_process.build_command = lambda interval: [
    sys.executable, "-m", "tests.cms.operations.scheduler.run_worker", "--queue", "safety", *names
]  # fmt: skip
call_command("worker", interval=0.1, queue=queue)
