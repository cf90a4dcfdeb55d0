"""Due sweeps run once, back off when they fail, and leave nothing that says when answers came."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.operations.scheduler import sweep_queue, sweep_schedule
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.sweep_schedule import SWEEPS
from cms.operations.scheduler.sweep_worker import SweepWorker

QUICK, BROKEN = "tests.cms.operations.scheduler.sweeps.quick", "tests.cms.operations.scheduler.sweeps.broken"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sweeps(monkeypatch, tmp_path):
    """sweeps(path, ...): make these the schedule; returns the lines that they have written."""
    log = tmp_path / "log"
    monkeypatch.setenv("SWEEP_LOG", str(log))

    def choose(*paths, seconds=30):
        monkeypatch.setattr(sweep_schedule, "SWEEPS", [sweep_schedule.Sweep(path, seconds) for path in paths])
        return lambda: log.read_text().split("\n")[:-1] if log.exists() else []

    return choose


def work():
    worker = SweepWorker(interval=0)
    worker.work_until_empty()
    return worker


def test_every_sweep_of_the_schedule_exists():
    assert len(sweep_schedule.load_all_sweeps()) == len(sweep_schedule.SWEEPS)


@pytest.mark.parametrize(
    "path", ["consultation.nowhere.tasks.sweep", "tests.cms.operations.scheduler.sweeps.not_a_task"]
)
def test_a_sweep_that_does_not_exist_is_an_error_at_the_start(sweeps, path):
    sweeps(path)
    with pytest.raises(ImproperlyConfigured, match=path):
        call_command("worker")


def test_a_due_sweep_runs_once_and_is_due_again_later(sweeps):
    ran = sweeps(QUICK)
    assert (sweep_queue.enqueue_due_sweeps(), sweep_queue.enqueue_due_sweeps()) == (1, 0)
    work()
    assert sweep_queue.enqueue_due_sweeps() == 0
    assert sweep_queue.enqueue_due_sweeps(now=timezone.now() + timedelta(seconds=31)) == 1
    work()
    assert len(ran()) == 2


def test_safety_does_not_stand_behind_what_takes_long(sweeps, monkeypatch):
    sweeps()
    safety = "consultation.reading.tasks.screen_unread"
    real = next(sweep for sweep in SWEEPS if sweep.path == safety)
    monkeypatch.setattr(
        sweep_schedule, "SWEEPS", [sweep_schedule.Sweep("insights.coding.learning.tasks.fit_due_model", 300), real]
    )
    sweep_queue.enqueue_due_sweeps()
    assert DBTaskResult.objects.ready().first().task_path == safety


def test_a_sweep_still_in_the_queue_is_not_put_in_twice(sweeps):
    sweeps(QUICK)
    sweep_queue.enqueue_due_sweeps()
    assert sweep_queue.enqueue_due_sweeps(now=timezone.now() + timedelta(seconds=31)) == 0


def test_two_workers_that_claim_together_run_a_sweep_once(sweeps):
    sweeps(QUICK)
    sweep, task = sweep_schedule.load_all_sweeps()[0]
    now = timezone.now()
    assert [sweep_queue._enqueue_once(sweep, task, now, force=False) for _ in range(2)] == [True, False]


def test_a_sweep_that_succeeded_leaves_no_row_in_the_queue(sweeps):
    sweeps(QUICK)
    sweep_queue.enqueue_due_sweeps()
    work()
    assert not DBTaskResult.objects.exists()
    run = SweepRun.objects.get()
    assert (run.name, run.failures, run.error) == (QUICK, 0, "")
    assert run.finished_at is not None


def test_a_failing_sweep_waits_longer_each_time_and_keeps_no_words(sweeps):
    sweeps(BROKEN)
    waits = []
    for _ in range(3):
        sweep_queue.enqueue_due_sweeps(force=True)
        work()
        waits.append((SweepRun.objects.get().due_at - timezone.now()).total_seconds())
    assert [round(wait, -1) for wait in waits] == [60, 120, 240]
    assert (SweepRun.objects.get().failures, SweepRun.objects.get().error) == (3, "builtins.ValueError")
    assert set(DBTaskResult.objects.values_list("status", "traceback")) == {(TaskResultStatus.FAILED, "")}


def test_the_wait_after_failures_has_an_end(sweeps):
    sweeps(BROKEN)
    SweepRun.objects.create(name=BROKEN, due_at=timezone.now(), failures=4000)
    sweep_queue.enqueue_due_sweeps()
    work()
    assert SweepRun.objects.get().due_at <= timezone.now() + sweep_queue.LONGEST_WAIT


def test_a_success_forgets_the_failures(sweeps):
    sweeps(QUICK)
    SweepRun.objects.create(name=QUICK, due_at=timezone.now(), failures=3, error="builtins.ValueError")
    sweep_queue.enqueue_due_sweeps()
    work()
    assert (SweepRun.objects.get().failures, SweepRun.objects.get().error) == (0, "")


@pytest.fixture
def left_running(sweeps):
    """A sweep that a worker claimed two minutes ago."""
    sweeps(QUICK)
    sweep_queue.enqueue_due_sweeps()
    result = DBTaskResult.objects.get()
    result.claim("gone")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    return result


def test_what_a_dead_worker_left_running_runs_again(left_running):
    assert sweep_queue.release_dead_tasks() == 1
    work()
    assert SweepRun.objects.get().finished_at is not None


def test_what_a_living_worker_runs_is_left_alone(left_running):
    sweep_queue.record_heartbeat("gone")
    assert sweep_queue.release_dead_tasks() == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_a_task_that_kills_every_worker_is_given_up(left_running):
    DBTaskResult.objects.update(worker_ids=["a", "b", "c", "d", "gone"])
    sweep_queue.release_dead_tasks()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_old_results_and_heartbeats_are_removed(left_running):
    now = timezone.now()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=now)
    sweep_queue.record_heartbeat("long gone")
    sweep_queue.prune_results(now=now + timedelta(days=6))
    assert DBTaskResult.objects.exists()
    sweep_queue.prune_results(now=now + timedelta(days=8))
    sweep_queue.release_dead_tasks(now=now + timedelta(days=2))
    assert not DBTaskResult.objects.exists()
    assert not Heartbeat.objects.exists()


@pytest.mark.parametrize("path", ["consultation.gone.tasks.sweep", "tests.cms.operations.scheduler.sweeps.not_a_task"])
def test_a_run_queued_under_an_old_name_stops_neither_the_worker_nor_the_renamed_sweep(sweeps, path):
    ran = sweeps(QUICK)
    sweep_queue.enqueue_due_sweeps()
    DBTaskResult.objects.update(task_path=path)
    SweepRun.objects.update(name=path, failures=3, error="builtins.ValueError")
    assert sweep_queue.enqueue_due_sweeps() == 1, "the schedule knows it by its new name alone"
    work()
    sweep_queue.prune_results()
    assert len(ran()) == 1 and not DBTaskResult.objects.exists()
    assert [(run.name, run.failures) for run in SweepRun.objects.all()] == [(QUICK, 0)], "no old clock fails for ever"


def test_run_sweeps_runs_what_is_due_and_with_all_what_is_not(sweeps, capsys):
    ran = sweeps(QUICK)
    for arguments in ([], [], ["--all"]):
        call_command("run_sweeps", *arguments)
    assert capsys.readouterr().out.split("\n") == ["1 sweeps ran.", "0 sweeps ran.", "1 sweeps ran.", ""]
    assert len(ran()) == 2


def test_run_sweeps_says_which_sweep_failed(sweeps):
    sweeps(BROKEN)
    with pytest.raises(CommandError, match="broken failed 1 times: builtins.ValueError"):
        call_command("run_sweeps")
