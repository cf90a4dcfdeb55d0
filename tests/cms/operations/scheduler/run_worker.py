"""`run_worker.py [--queue QUEUE ...] SWEEP...`: a real worker in its own process, for tests that kill it. A sweep named
"safety:quick" is one of that queue."""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from cms.operations.scheduler import heartbeats, supervised_process, sweep_schedule  # noqa: E402

heartbeats.DEAD_AFTER = timedelta(seconds=3)
heartbeats.BEAT_SECONDS = 0.5
sweep_schedule.LIMITS |= {"screening": 3}
if os.environ.get("TASKS") == "celery":
    from cms.operations.scheduler import celery_worker

    celery_worker.LONGEST_PAUSE = 1
names = [word for word in sys.argv[1:] if ":" in word]
options = [word for word in sys.argv[1:] if ":" not in word]
sweep_schedule.SWEEPS = [
    sweep_schedule.Sweep(f"tests.cms.operations.scheduler.sweeps.{name}", 3600, queue)
    for queue, name in (each.split(":") for each in names)
]


def build_command(queue, **more):
    said = [part for name, value in more.items() for part in (f"--{name}", str(value))]
    return [sys.executable, "-m", "tests.cms.operations.scheduler.run_worker", *names, "--queue", queue, *said]


supervised_process.build_command = build_command
call_command("worker", *(options or ["--interval", "0.1"]))
