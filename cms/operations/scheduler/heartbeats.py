"""Signs of life of workers: which are alive, and which have been at one sweep for longer than its limit."""

import contextlib
import faulthandler
import logging
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Self

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Max

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.database_clock import TOLERANCE, is_clock_wrong, read_database_clock
from cms.operations.scheduler.models import Heartbeat
from cms.operations.scheduler.sweep_schedule import Sweep

BEAT_SECONDS = 10
STANDARD_ERROR = 2  # whatever stands in its place
DEAD_AFTER = timedelta(seconds=60)
logger = logging.getLogger("cms.operations.scheduler")


class Pulse(threading.Thread):
    """Beats on its own connection, so that a worker at a long sweep does not look dead; it says which sweep that is.

    A worker whose clock is wrong does not beat: it does not work either.
    """

    def __init__(self, worker: str) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker = worker
        self.at_work: tuple[Sweep, float] | None = None
        self.stopping = threading.Event()

    def __enter__(self) -> Self:
        self.beat_if_possible()
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopping.set()
        self.join(timeout=5)
        with contextlib.suppress(DatabaseError, InterfaceError):  # it lapses
            Heartbeat.objects.filter(worker=self.worker).delete()

    def run(self) -> None:
        while not self.stopping.wait(BEAT_SECONDS):
            close_old_connections()
            self.beat_if_possible()
        connection.close()

    def beat_if_possible(self) -> None:
        """Beat; while the database is away, which may be when the worker starts, miss the beat."""
        try:
            self.beat()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The heartbeat missed a beat: %s", type(error).__name__)
            connection.close()

    def beat(self) -> None:
        if is_clock_wrong():
            return
        now, at_work = read_database_clock(), self.at_work
        sweep, began = (at_work[0].name, at_work[1]) if at_work else ("", 0.0)
        since = now - timedelta(seconds=time.monotonic() - began) if at_work else None
        record_heartbeat(self.worker, now, sweep=sweep, since=since)

    @contextlib.contextmanager
    def beside(self, sweep: Sweep) -> Iterator[None]:
        """While the sweep runs. A safety sweep past its limit ends the process, which is started anew: the timer is the
        interpreter's own, so that no text that holds all threads stops it."""
        self.at_work = (sweep, time.monotonic())
        ends = self.is_alive() and sweep.queue in sweep_schedule.ENDED_QUEUES
        if ends:
            faulthandler.dump_traceback_later(sweep.limit.total_seconds(), exit=True, file=STANDARD_ERROR)
        try:
            yield
        finally:
            self.at_work = None
            if ends:
                faulthandler.cancel_dump_traceback_later()


def record_heartbeat(
    worker: str, now: datetime | None = None, *, sweep: str = "", since: datetime | None = None
) -> None:
    beat = {"seen_at": now or read_database_clock(), "sweep": sweep, "since": since}
    Heartbeat.objects.update_or_create(worker=worker, defaults=beat)


def list_alive_workers(now: datetime) -> set[str]:
    """A beat from the future is none: the clock that wrote it was wrong, and says nothing about today."""
    beats = Heartbeat.objects.filter(seen_at__gt=now - DEAD_AFTER, seen_at__lte=now + TOLERANCE)
    return set(beats.values_list("worker", flat=True))


def worker_age_seconds() -> int | None:
    """Seconds since the last heartbeat of any worker; None if there was never one."""
    now = read_database_clock()
    seen = Heartbeat.objects.filter(seen_at__lte=now + TOLERANCE).aggregate(last=Max("seen_at"))["last"]
    return None if seen is None else max(0, int((now - seen).total_seconds()))


def list_stuck_sweeps() -> list[str]:
    """Names of sweeps that a living worker has been at for longer than their limit."""
    now = read_database_clock()
    limits = {sweep.path: sweep.limit for sweep in sweep_schedule.SWEEPS}
    beats = Heartbeat.objects.filter(worker__in=list_alive_workers(now), since__isnull=False)
    worked = [(beat.sweep, now - beat.since) for beat in beats if beat.since]
    stuck = {name for name, time_at_work in worked if time_at_work > limits.get(name.partition("#")[0], DEAD_AFTER)}
    return sorted(path.rpartition(".")[2] for path in stuck)


def delete_old_heartbeats(now: datetime) -> None:
    for wrong in (
        Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)),
        Heartbeat.objects.filter(seen_at__gt=now + TOLERANCE),
    ):
        wrong.delete()
