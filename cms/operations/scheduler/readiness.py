"""Readiness checks: migrations, worker, sweeps, retention, audit chain."""

from datetime import timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from cms.operations.scheduler.heartbeats import DEAD_AFTER, list_stuck_sweeps, worker_age_seconds
from cms.operations.scheduler.models import SweepRun
from cms.operations.scheduler.screening_watch import explain_stall
from cms.operations.scheduler.sweep_runs import DEAD_LETTER
from cms.operations.scheduler.sweep_schedule import SWEEPS
from consultation.readiness import ReadinessResult, readiness_check

RUNNING = "What runs by itself"
MEND_WORKER = "systemctl restart voice-worker; its log says why it ended: /var/log/voice/worker.log"


@readiness_check("migrations", "The database is as the code wants it", group=RUNNING, alarm=True)
def check_migrations() -> ReadinessResult:
    pending = count_pending_migrations()
    return ReadinessResult(
        not pending,
        f"{pending} changes to the database wait." if pending else "Nothing waits.",
        "Run: voice prepare_site",
    )


@readiness_check("worker", "A worker is alive", group=RUNNING, lapses=True, alarm=True)
def check_worker() -> ReadinessResult:
    age = worker_age_seconds()
    if age is None:
        return ReadinessResult(False, "No worker ever gave a sign of life.", MEND_WORKER)
    alive = age < DEAD_AFTER.total_seconds()
    return ReadinessResult(alive, f"The last sign of life is {age} seconds old.", MEND_WORKER)


@readiness_check("screening", "Answers are being screened", group=RUNNING, lapses=True, alarm=True)
def check_screening() -> ReadinessResult:
    stall = explain_stall()
    return ReadinessResult(not stall, stall or "Answers were screened within the last five minutes.", MEND_WORKER)


@readiness_check("stuck-sweeps", "Nothing that runs by itself is stuck", group=RUNNING, lapses=True, alarm=True)
def check_stuck_sweeps() -> ReadinessResult:
    stuck = ", ".join(list_stuck_sweeps())
    said = f"Longer at work than it may be: {stuck}." if stuck else "Each ends in its time."
    return ReadinessResult(not stuck, said, MEND_WORKER)


@readiness_check(
    "given-up", "Nothing that runs by itself fails again and again", group=RUNNING, lapses=True, alarm=True
)
def check_given_up() -> ReadinessResult:
    """What another engine keeps as dead letters: a sweep has no message to keep, and is tried again each hour."""
    runs = SweepRun.objects.filter(failures__gte=DEAD_LETTER).order_by("name")
    said = "; ".join(f"{run.name.rpartition('.')[2]} failed {run.failures} times: {run.error}" for run in runs)
    return ReadinessResult(not said, f"{said}." if said else f"No sweep failed {DEAD_LETTER} times in a row.")


@readiness_check("sweeps", "Nothing that runs by itself is failing", group=RUNNING, lapses=True)
def check_sweeps() -> ReadinessResult:
    failing = list(SweepRun.objects.filter(failures__gt=0).values_list("name", flat=True))
    names = ", ".join(name.rpartition(".")[2] for name in failing)
    said = f"Failing: {names}." if failing else f"{len(SWEEPS)} sweeps, none failing."
    return ReadinessResult(not failing, said, "The worker's log names the error: /var/log/voice/worker.log")


def find_last_run(part: str, what: str) -> ReadinessResult:
    """Whether the sweep whose path contains `part` finished in the last two days; `what` names it in the message."""
    paths = [sweep.path for sweep in SWEEPS if part in sweep.path]
    if not paths:
        return ReadinessResult(False, f"{what} is not planned on this site.")
    run = SweepRun.objects.filter(name__in=paths).order_by("finished_at").first()
    if run is None or run.finished_at is None:
        return ReadinessResult(False, f"{what} has not run yet.", MEND_WORKER)
    fresh = run.failures == 0 and run.finished_at > timezone.now() - timedelta(days=2)
    return ReadinessResult(
        fresh,
        f"{what} ran on {timezone.localtime(run.finished_at):%-d %B}."
        if fresh
        else f"{what} has not finished for 2 days.",
        MEND_WORKER,
    )


@readiness_check("retention", "What was kept long enough is erased each day", group=RUNNING, lapses=True)
def check_retention() -> ReadinessResult:
    return find_last_run("retention", "Retention")


@readiness_check("audit-chain", "The audit log was verified, and its chain is whole", group=RUNNING, lapses=True)
def check_audit_chain() -> ReadinessResult:
    return find_last_run("check_audit_chain", "The check of the chain")


def count_pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
