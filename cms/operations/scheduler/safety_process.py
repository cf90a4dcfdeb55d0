"""The process that runs the safety sweeps and nothing else, so that no long task delays a cry for help; kept alive by a
thread of the worker, which starts it anew when it ends or when screening stands still."""

import contextlib
import logging
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connection

from cms.operations.scheduler import screening_watch
from cms.operations.scheduler.sweep_schedule import SAFETY

LOOK_SECONDS = 5
logger = logging.getLogger("cms.operations.scheduler")


def build_command(interval: float) -> list[str]:
    manage = str(settings.BASE_DIR / "manage.py")
    return [sys.executable, manage, "worker", "--queue", SAFETY, "--interval", str(interval)]


class SafetyProcess(threading.Thread):
    def __init__(self, *, interval: float) -> None:
        super().__init__(name="safety", daemon=True)
        self.command = build_command(interval)
        self.stopping = threading.Event()
        self.process: subprocess.Popen | None = None
        self.started_at = 0.0

    def run(self) -> None:
        self.start_process()
        while not self.stopping.wait(LOOK_SECONDS):
            try:
                self.look_after_process()
            except Exception as error:  # whatever it is, such as a full table of processes: the next look tries again
                logger.error("The safety worker could not be looked after: %s", type(error).__name__)
        connection.close()

    def look_after_process(self) -> None:
        if self.process is None or self.process.poll() is not None:
            logger.error("The safety worker ended by itself.")
            self.start_process()
        elif self.is_stuck():
            logger.error("Screening stands still: the safety worker is started anew.")
            self.end_process(patient=False)
            self.start_process()

    def start_process(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR)  # noqa: S603

    def is_stuck(self) -> bool:
        """Whether it had time enough, and no screening was finished."""
        if time.monotonic() - self.started_at < screening_watch.STILL_AFTER.total_seconds():
            return False
        try:
            return bool(screening_watch.explain_stillness())
        except DatabaseError:  # nothing can be screened, by any process
            return False

    def end_process(self, *, patient: bool) -> None:
        process = self.process
        if process is None or process.poll() is not None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            if patient:
                process.terminate()
                process.wait(20)
        process.kill()
        process.wait()

    def stop(self) -> None:
        self.stopping.set()
        if self.is_alive():
            self.join(timeout=LOOK_SECONDS * 2)
        self.end_process(patient=True)
