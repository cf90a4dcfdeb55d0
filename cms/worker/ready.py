"""Readiness checks: migrations, worker, sweeps, retention, audit chain."""

from datetime import timedelta

from django.utils import timezone

from cms.health import pending_migrations, worker_age
from cms.worker.models import SweepRun
from cms.worker.queue import DEAD_AFTER
from cms.worker.schedule import SWEEPS
from consultation.ready import Found, check

RUNNING = "What runs by itself"


@check("migrations", "The database is as the code wants it", group=RUNNING)
def migrated() -> Found:
    pending = pending_migrations()
    return Found(not pending, f"{pending} migrations wait: run ./dev manage migrate." if pending else "Nothing waits.")


@check("worker", "A worker is alive", group=RUNNING, lapses=True)
def alive() -> Found:
    age = worker_age()
    if age is None:
        return Found(False, "No worker ever gave a sign of life: start ./dev manage worker.")
    return Found(age < DEAD_AFTER.total_seconds(), f"The last sign of life is {age} seconds old.")


@check("sweeps", "Nothing that runs by itself is failing", group=RUNNING, lapses=True)
def sweeps() -> Found:
    failing = list(SweepRun.objects.filter(failures__gt=0).values_list("name", flat=True))
    names = ", ".join(name.rpartition(".")[2] for name in failing)
    return Found(not failing, f"Failing: {names}." if failing else f"{len(SWEEPS)} sweeps, none failing.")


def ran(part: str, what: str, *, days: int = 2) -> Found:
    """Whether the sweep whose path contains `part` finished in the last `days`; `what` names it in the message."""
    paths = [sweep.path for sweep in SWEEPS if part in sweep.path]
    if not paths:
        return Found(False, f"{what} is not planned on this site.")
    run = SweepRun.objects.filter(name__in=paths).order_by("finished_at").first()
    if run is None or run.finished_at is None:
        return Found(False, f"{what} has not run yet.")
    fresh = run.failures == 0 and run.finished_at > timezone.now() - timedelta(days=days)
    return Found(
        fresh,
        f"{what} ran on {timezone.localtime(run.finished_at):%-d %B}."
        if fresh
        else f"{what} has not finished for {days} days.",
    )


@check("retention", "What was kept long enough is erased each day", group=RUNNING, lapses=True)
def retention() -> Found:
    return ran("retention", "Retention")


@check("audit-chain", "The audit log was verified, and its chain is whole", group=RUNNING, lapses=True)
def audit_chain() -> Found:
    return ran("check_chain", "The check of the chain")
