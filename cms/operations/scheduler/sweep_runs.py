"""The schedule's rows: who may run which sweep now, and what came of it.

A row is changed by one statement that asks for the values it was read with, so that of any number of workers one gets a
due sweep. A row keeps no result and no error's message: "three answers screened at 14:02:30" would tell an order.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from cms.operations.scheduler import screening_watch, sweep_schedule
from cms.operations.scheduler.database_clock import read_database_clock
from cms.operations.scheduler.heartbeats import list_alive_workers
from cms.operations.scheduler.models import SweepRun
from cms.operations.scheduler.sweep_schedule import Sweep

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)
LAST_SAFETY_RETRY = timedelta(minutes=2)
LONG_RUN = 5  # seconds: a sweep that worked for so long and left something is due at once
DEAD_LETTER = 5  # failures in a row, after which somebody must look
WORKER_DIED = "its worker ended"


def find_retry_wait(sweep: Sweep, failures: int) -> timedelta:
    """The wait doubles at each failure in a row, up to an hour; of a safety sweep, up to two minutes."""
    last = LAST_SAFETY_RETRY if sweep.first else LAST_RETRY
    return min(FIRST_RETRY * 2 ** min(failures - 1, 12), last)


def is_due(run: SweepRun, sweep: Sweep, now: datetime) -> bool:
    """A time beyond the sweep's own wait is none to wait for: a clock that was ahead wrote it."""
    wait = max(sweep.every, find_retry_wait(sweep, run.failures)) if run.failures else sweep.every
    return not now < run.due_at <= now + wait


def claim_sweep(sweep: Sweep, worker: str, *, force: bool = False) -> bool:
    """Whether this worker shall run the sweep now. A claim of a worker that ended counts as a failure.

    The clock is read after the row: before it, a time that another worker wrote in between would look like one of a clock
    that was ahead, and the sweep would run twice.
    """
    first = {"due_at": read_database_clock}  # called for a new row
    run, _ = SweepRun.objects.get_or_create(name=sweep.name, defaults=first)
    now = read_database_clock()
    as_read = SweepRun.objects.filter(name=run.name, due_at=run.due_at, worker=run.worker)
    if run.worker:
        if run.worker != worker and run.worker in list_alive_workers(now):
            return False
        # The first time it is due at once: a restart is no fault of the sweep.
        due_at = now + find_retry_wait(sweep, run.failures) if run.failures else now
        failed = as_read.update(worker="", failures=F("failures") + 1, error=WORKER_DIED, due_at=due_at)
        return bool(failed) and claim_sweep(sweep, worker, force=force)
    if not (force or is_due(run, sweep, now)):
        return False
    return as_read.update(worker=worker, due_at=now + sweep.every) == 1


def can_join(sweep: Sweep, worker: str) -> bool:
    """Whether another worker is at this sweep, and its rows can be claimed one by one."""
    if not (sweep.shared and connection.features.has_select_for_update_skip_locked):
        return False
    run = SweepRun.objects.filter(name=sweep.name).exclude(worker__in=("", worker)).first()
    return run is not None and run.worker in list_alive_workers(read_database_clock())


def record_success(sweep: Sweep, worker: str, *, caught_up: bool, seconds: float) -> None:
    """`caught_up`: it left nothing waiting."""
    now = read_database_clock()
    runs = SweepRun.objects.filter(name=sweep.name)
    runs.update(finished_at=now, failures=0, error="")
    if caught_up:
        runs.update(caught_up_at=now)
    again = {} if caught_up or seconds < LONG_RUN else {"due_at": now}
    runs.filter(worker=worker).update(worker="", **again)


def record_failure(sweep: Sweep, worker: str, error: BaseException) -> None:
    runs = SweepRun.objects.filter(name=sweep.name)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    runs.update(failures=F("failures") + 1, error=kind[:120])
    failures = runs.values_list("failures", flat=True).get()
    runs.filter(worker=worker).update(worker="", due_at=read_database_clock() + find_retry_wait(sweep, failures))


def prune_runs() -> None:
    """Delete clocks of sweeps that the schedule no longer lists: their failures would never end. The leads' alarm keeps
    its own."""
    listed = [sweep.name for sweep in sweep_schedule.list_all_parts()]
    SweepRun.objects.exclude(name__in=[*listed, screening_watch.ALARM]).delete()
