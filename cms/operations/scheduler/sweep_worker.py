"""A worker: it runs due sweeps of its queues, the longest overdue first, one at a time."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.crypto import get_random_string

from cms.operations.scheduler import sweep_runs, sweep_schedule
from cms.operations.scheduler.database_clock import is_clock_wrong, read_database_clock
from cms.operations.scheduler.heartbeats import Pulse
from cms.operations.scheduler.models import SweepRun
from cms.operations.scheduler.sweep_schedule import Sweep

logger = logging.getLogger("cms.operations.scheduler")


def run_sweep(sweep: Sweep, pulse: Pulse) -> None:
    """Run it, and write down that it finished or failed; of an error, the class alone."""
    began = time.monotonic()
    try:
        with pulse.beside(sweep):
            caught_up = sweep.run() is not False
    except Exception as error:
        logger.error("The sweep %s failed: %s", sweep.name, type(error).__name__)
        if isinstance(error, DatabaseError | InterfaceError):
            connection.close()
        sweep_runs.record_failure(sweep, pulse.worker, error)
    else:
        seconds = time.monotonic() - began
        sweep_runs.record_success(sweep, pulse.worker, caught_up=caught_up, seconds=seconds)


def run_if_due(sweep: Sweep, pulse: Pulse) -> bool:
    """Claim the sweep and run it, or help a worker that is at it; returns whether this worker claimed it."""
    claimed = sweep_runs.claim_sweep(sweep, pulse.worker)
    if claimed or sweep_runs.can_join(sweep, pulse.worker):
        run_sweep(sweep, pulse)
    return claimed


class SweepWorker:
    def __init__(
        self, queues: Iterable[str] = sweep_schedule.QUEUES, *, interval: float = 1.0, name: str = ""
    ) -> None:
        self.queues, self.interval = tuple(queues), interval
        self.pulse = Pulse(name or get_random_string(32))
        self.stopping = threading.Event()

    def configure_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

    def stop(self, *signalled: object) -> None:
        """End after the sweep at work; at the second signal, at once."""
        if self.stopping.is_set():
            sys.exit(1)
        self.stopping.set()

    def run_for_ever(self, *, beside_parent: bool = False) -> None:
        """Until stopped. `beside_parent`: end when the process that started this one has gone, as another starts its
        own."""
        parent = os.getppid()
        with self.pulse:
            while not self.stopping.is_set() and not (beside_parent and os.getppid() != parent):
                if not self.run_next():
                    self.stopping.wait(self.interval)

    def run_next(self) -> bool:
        """Run the sweep that is longest overdue; returns whether one was."""
        close_old_connections()
        try:
            if is_clock_wrong():
                logger.error("The clock of this machine is not the database's: its worker stands still.")
                return False
            return any(run_if_due(sweep, self.pulse) for sweep in self.list_runnable())
        except (DatabaseError, InterfaceError) as error:
            # The database restarts or times out: wait and retry.
            logger.warning("The worker waits for the database: %s", type(error).__name__)
            connection.close()
            return False

    def run_all(self, *, force: bool = False) -> int:
        """Run each due sweep once, or with `force` each; returns how many."""
        with self.pulse:
            due = [sweep for sweep in self.list_sweeps() if self._run_claimed(sweep, force=force)]
        return len(due)

    def _run_claimed(self, sweep: Sweep, *, force: bool) -> bool:
        claimed = sweep_runs.claim_sweep(sweep, self.pulse.worker, force=force)
        if claimed:
            run_sweep(sweep, self.pulse)
        return claimed

    def list_sweeps(self) -> list[Sweep]:
        return [part for sweep in sweep_schedule.SWEEPS if sweep.queue in self.queues for part in sweep.list_parts()]

    def list_runnable(self) -> list[Sweep]:
        """This worker's sweeps that are due or at work elsewhere, the longest overdue first."""
        now, runs = read_database_clock(), SweepRun.objects.in_bulk()
        new = SweepRun(due_at=now)
        asked = [(runs.get(sweep.name, new), sweep) for sweep in self.list_sweeps()]
        able = [(run.due_at, sweep) for run, sweep in asked if run.worker or sweep_runs.is_due(run, sweep, now)]
        return [sweep for _, sweep in sorted(able, key=lambda one: one[0])]
