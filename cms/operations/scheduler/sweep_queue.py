"""The task queue: enqueue due sweeps, release tasks of dead workers, delete old results.

Queue rows carry times, so a sweep's row is deleted on success, and no row keeps a return value or an error message:
"three answers screened at 14:02:30" would reveal an order of arrival.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.tasks import TaskResultStatus
from django.tasks.base import Task
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.sweep_schedule import Sweep

DEAD_AFTER = timedelta(seconds=60)
KEEP_FAILURES = timedelta(days=7)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_SAFETY_WAIT = timedelta(minutes=2)
MOST_ATTEMPTS = 5
FIRST_PRIORITY = 50
logger = logging.getLogger("cms.operations.scheduler")


def _is_queued(path: str) -> bool:
    return DBTaskResult.objects.filter(
        task_path=path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    ).exists()


def _longest_wait(sweep: Sweep) -> timedelta:
    return max(LONGEST_SAFETY_WAIT if sweep.first else LONGEST_WAIT, sweep.every)


def _is_waiting(sweep: Sweep, now: datetime) -> Q:
    """Not due yet. A time further ahead than any wait of the sweep is none to wait for: the machine's clock went back."""
    return Q(due_at__gt=now, due_at__lte=now + _longest_wait(sweep))


def _claim_sweep(sweep: Sweep, now: datetime, force: bool) -> bool:
    """One of any number of workers gets a due sweep: the row's update decides."""
    SweepRun.objects.get_or_create(name=sweep.path, defaults={"due_at": now})
    mine = SweepRun.objects.filter(name=sweep.path)
    if not force:
        mine = mine.exclude(_is_waiting(sweep, now))
    return mine.update(due_at=now + sweep.every) == 1


@transaction.atomic
def _enqueue_once(sweep: Sweep, task: Task, now: datetime, force: bool) -> bool:
    """Claim and enqueue in one transaction, so that a worker killed between the two leaves the sweep due."""
    if _claim_sweep(sweep, now, force) and not _is_queued(sweep.path):
        task.using(priority=FIRST_PRIORITY if sweep.first else 0, queue_name=sweep.queue).enqueue()
        return True
    return False


def enqueue_due_sweeps(*, now: datetime | None = None, force: bool = False) -> int:
    """Enqueue each due sweep that is not queued already; returns how many."""
    now = now or timezone.now()
    due_at = dict(SweepRun.objects.values_list("name", "due_at"))
    return sum(
        _enqueue_once(sweep, task, now, force)
        for sweep, task in sweep_schedule.load_all_sweeps()
        if force or not now < due_at.get(sweep.path, now) <= now + _longest_wait(sweep)
    )


def drop_unknown_task(result: DBTaskResult) -> bool:
    """Delete a queued run whose task no longer exists; returns whether it did.

    A renamed sweep leaves its old path in the queue. The schedule enqueues it under its new one.
    """
    try:
        known = isinstance(import_string(result.task_path), Task)
    except ImportError:
        known = False
    if not known:
        logger.warning("Not run, because it no longer exists: %s", result.task_path)
        DBTaskResult.objects.filter(pk=result.pk).delete()
    return not known


def settle_result(result: DBTaskResult) -> None:
    """After a run: update the sweep's clock and delete or empty the queue row."""
    sweep = next((sweep for sweep in sweep_schedule.SWEEPS if sweep.path == result.task_path), None)
    if result.status == TaskResultStatus.SUCCESSFUL:
        if sweep is not None:
            SweepRun.objects.filter(name=sweep.path).update(finished_at=timezone.now(), failures=0, error="")
            DBTaskResult.objects.filter(pk=result.pk).delete()
        return
    DBTaskResult.objects.filter(pk=result.pk).update(traceback="", return_value=None)
    if sweep is not None:
        runs = SweepRun.objects.filter(name=sweep.path)
        runs.update(failures=F("failures") + 1, error=result.exception_class_path[:120])
        failures = runs.values_list("failures", flat=True).get()
        # The wait doubles at each consecutive failure, up to an hour; of a safety sweep, up to two minutes.
        wait = min(sweep.every * 2 ** min(failures, 12), _longest_wait(sweep))
        runs.update(due_at=timezone.now() + wait)


def record_heartbeat(worker_id: str) -> None:
    Heartbeat.objects.update_or_create(worker=worker_id, defaults={"seen_at": timezone.now()})


def worker_age_seconds() -> int | None:
    """Seconds since the last heartbeat of any worker; None if there was never one."""
    seen = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return None if seen is None else int((timezone.now() - seen).total_seconds())


def release_dead_tasks(*, now: datetime | None = None) -> int:
    """Requeue tasks that a dead worker left RUNNING; fail them after MOST_ATTEMPTS. Returns how many."""
    now = now or timezone.now()
    alive = set(Heartbeat.objects.filter(seen_at__gt=now - DEAD_AFTER).values_list("worker", flat=True))
    found = 0
    for result in DBTaskResult.objects.running().filter(started_at__lt=now - DEAD_AFTER):
        if result.worker_ids and result.worker_ids[-1] in alive:
            continue
        hopeless = len(result.worker_ids) >= MOST_ATTEMPTS
        status = TaskResultStatus.FAILED if hopeless else TaskResultStatus.READY
        found += DBTaskResult.objects.filter(
            pk=result.pk, status=TaskResultStatus.RUNNING, worker_ids=result.worker_ids
        ).update(status=status, finished_at=now if hopeless else None)
    Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    return found


def prune_results(*, now: datetime | None = None) -> None:
    """Delete old results, and clocks of sweeps that the schedule no longer lists: their failures would never end."""
    now = now or timezone.now()
    SweepRun.objects.exclude(name__in=[sweep.path for sweep in sweep_schedule.SWEEPS]).delete()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILURES).delete()
