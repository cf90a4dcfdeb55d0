"""A process of a worker that runs the sweeps of one queue and nothing else, so that no long sweep delays a cry for help;
kept alive by a thread of the worker, which starts it anew when it ends."""

import contextlib
import logging
import subprocess
import sys
import threading

from django.conf import settings
from django.utils.crypto import get_random_string

LOOK_SECONDS = 1
logger = logging.getLogger("cms.operations.scheduler")


def build_command(queue: str, **options: object) -> list[str]:
    said = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--queue", queue, *said]


class SupervisedProcess(threading.Thread):
    """The next process bears the name of the last, so that what that one had claimed is free at once."""

    def __init__(self, queue: str, **options: object) -> None:
        super().__init__(name=queue, daemon=True)
        self.command = build_command(queue, name=get_random_string(32), **options)
        self.stopping = threading.Event()
        self.process: subprocess.Popen | None = None

    def run(self) -> None:
        while True:
            try:
                if self.process is None or self.process.poll() is not None:
                    self.start_process()
            except OSError as error:  # such as a full table of processes: the next look tries again
                logger.error("The %s worker could not be started: %s", self.name, type(error).__name__)
            if self.stopping.wait(LOOK_SECONDS):
                return

    def start_process(self) -> None:
        if self.process is not None:
            logger.error("The %s worker ended by itself and is started anew.", self.name)
        self.process = subprocess.Popen(self.command, cwd=settings.BASE_DIR)  # noqa: S603

    def stop(self) -> None:
        """Let it finish its sweep for 20 seconds."""
        self.stopping.set()
        self.join(timeout=5)
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()
        self.process.wait()
