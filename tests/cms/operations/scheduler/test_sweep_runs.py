"""Due sweeps run once, back off after a failure, heed no wrong clock, and leave no trace of the time of answers."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cms.operations.scheduler import sweep_runs, sweep_schedule
from cms.operations.scheduler.heartbeats import record_heartbeat
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.sweep_worker import SweepWorker
from insights.coding.discovery import discovery_runs
from insights.coding.discovery.models import DiscoveryRun, DiscoveryRunStatus
from tests import factories

HERE = "tests.cms.operations.scheduler.sweeps"
DAYS = pytest.mark.parametrize("days", [3, -3])
pytestmark = pytest.mark.django_db


def work(name="me"):
    """How many sweeps a worker runs until nothing is due."""
    worker, count = SweepWorker(name=name), 0
    while worker.run_next():
        count += 1
    return count


def test_every_sweep_of_the_schedule_exists():
    found = sweep_schedule.load_all_sweeps()
    assert len(found) == len(sweep_schedule.SWEEPS)
    assert all(callable(one) for one in found)


def test_a_sweep_that_does_not_exist_is_an_error_at_the_start(sweeps):
    sweeps("nowhere")
    with pytest.raises(ImproperlyConfigured, match=f"{HERE}.nowhere"):
        call_command("worker")


def test_a_due_sweep_runs_once_and_is_due_again_later(sweeps, later):
    ran = sweeps("quick")
    assert (work(), work("another")) == (1, 0)
    later(seconds=29)
    assert work() == 0
    later(seconds=31)
    assert work("another") == 1
    assert len(ran()) == 2


def test_the_longest_overdue_sweep_runs_first(sweeps):
    sweeps("broken", "quick")
    now = timezone.now()
    for name, minutes in (("broken", 1), ("quick", 2)):
        SweepRun.objects.create(name=f"{HERE}.{name}", due_at=now - timedelta(minutes=minutes))
    assert [sweep.path for sweep in SweepWorker().list_runnable()] == [f"{HERE}.quick", f"{HERE}.broken"]


def test_two_workers_that_claim_together_run_a_sweep_once(sweeps):
    sweeps("quick")
    (sweep,) = sweep_schedule.SWEEPS
    record_heartbeat("one")
    claimed = [sweep_runs.claim_sweep(sweep, name) for name in ("one", "other")]
    assert claimed == [True, False]


def test_a_sweep_that_another_ran_in_the_midst_of_a_claim_runs_once(sweeps, monkeypatch):
    """The other has claimed and settled it by the time that this worker looks at the clock, or before it changes the row."""
    sweeps("quick")
    (sweep,) = sweep_schedule.SWEEPS
    SweepRun.objects.create(name=sweep.path, due_at=timezone.now())
    read_clock = sweep_runs.read_database_clock

    def read_clock_while_another_runs():
        now = read_clock()
        monkeypatch.setattr(sweep_runs, "read_database_clock", read_clock)
        assert sweep_runs.claim_sweep(sweep, "one")
        sweep_runs.record_success(sweep, "one", caught_up=True, seconds=0)
        return now

    monkeypatch.setattr(sweep_runs, "read_database_clock", read_clock_while_another_runs)
    assert not sweep_runs.claim_sweep(sweep, "other")


def test_a_row_keeps_what_is_needed_and_no_result(sweeps):
    sweeps("quick")
    work()
    run = SweepRun.objects.values().get()
    assert (run["name"], run["failures"], run["error"], run["worker"]) == (f"{HERE}.quick", 0, "", "")
    assert run["finished_at"] == run["caught_up_at"]
    assert set(run) == {"name", "due_at", "worker", "finished_at", "caught_up_at", "failures", "error"}


@pytest.mark.parametrize("shared", [True, False])
def test_a_second_worker_helps_with_a_sweep_whose_rows_can_be_claimed(sweeps, shared):
    ran = sweeps("quick", shared=shared)
    (sweep,) = sweep_schedule.SWEEPS
    helper = SweepWorker(name="helper")
    record_heartbeat("one")
    assert sweep_runs.claim_sweep(sweep, "one")
    assert not helper.run_next(), "it rests after that"
    assert len(ran()) == int(shared and connection.features.has_select_for_update_skip_locked)
    assert SweepRun.objects.get().worker == "one", "whose sweep it stays"


def test_a_failing_sweep_waits_longer_each_time_and_keeps_no_words(sweeps, caplog):
    sweeps("broken")
    waits = []
    for _ in range(3):
        SweepWorker().run_all(force=True)
        waits.append((SweepRun.objects.get().due_at - timezone.now()).total_seconds())
    assert [round(wait, -1) for wait in waits] == [60, 120, 240]
    assert (SweepRun.objects.get().failures, SweepRun.objects.get().error) == (3, "builtins.ValueError")
    assert "broken failed: ValueError" in caplog.text and "the words of a child" not in caplog.text


@pytest.mark.parametrize(("queue", "longest"), [("screening", 2), ("safety", 2), ("default", 60), ("heavy", 60)])
def test_the_wait_after_failures_has_an_end(queue, longest):
    sweep = sweep_schedule.Sweep(f"{HERE}.broken", 86400, queue)
    assert sweep_runs.find_retry_wait(sweep, 4000) == timedelta(minutes=longest)
    assert sweep_runs.find_retry_wait(sweep, 1) == timedelta(minutes=1), "a daily sweep does not wait a day"


def test_a_success_forgets_the_failures(sweeps):
    sweeps("quick")
    SweepRun.objects.create(name=f"{HERE}.quick", due_at=timezone.now(), failures=3, error="builtins.ValueError")
    assert work() == 1
    assert (SweepRun.objects.get().failures, SweepRun.objects.get().error) == (0, "")


def test_what_left_something_waiting_is_not_caught_up_and_due_at_once_after_a_full_run(sweeps, later):
    sweeps("unfinished")
    (sweep,) = sweep_schedule.SWEEPS
    assert work() == 1, "it ended at once, so it waits for its next time"
    assert SweepRun.objects.get().caught_up_at is None and SweepRun.objects.get().finished_at
    now = later(seconds=31)
    assert sweep_runs.claim_sweep(sweep, "me")
    sweep_runs.record_success(sweep, "me", caught_up=False, seconds=25)
    assert SweepRun.objects.get().due_at == now


class TestDeadWorkers:
    @pytest.fixture
    def claimed(self, sweeps):
        """What a worker named "gone" had claimed."""
        sweeps("quick")
        assert sweep_runs.claim_sweep(sweep_schedule.SWEEPS[0], "gone")

    def test_what_a_dead_worker_left_runs_again_at_once(self, claimed):
        assert work() == 1
        assert SweepRun.objects.get().finished_at is not None

    def test_what_a_living_worker_runs_is_left_alone(self, claimed):
        record_heartbeat("gone", timezone.now())
        assert work() == 0
        assert SweepRun.objects.get().worker == "gone"

    def test_a_worker_started_anew_takes_up_its_own_at_once(self, claimed):
        record_heartbeat("gone", timezone.now())
        assert work("gone") == 1

    def test_a_sweep_that_ends_every_worker_waits_as_one_that_fails(self, claimed, later):
        later(minutes=2)
        assert sweep_runs.claim_sweep(sweep_schedule.SWEEPS[0], "second")
        assert (SweepRun.objects.get().failures, SweepRun.objects.get().error) == (1, sweep_runs.WORKER_DIED)
        later(minutes=4)
        assert not sweep_runs.claim_sweep(sweep_schedule.SWEEPS[0], "third")
        assert SweepRun.objects.get().failures == 2
        later(minutes=5, seconds=1)
        assert sweep_runs.claim_sweep(sweep_schedule.SWEEPS[0], "third")


class TestWrongClocks:
    @DAYS
    def test_a_clock_that_was_wrong_holds_no_sweep_up(self, sweeps, later, days):
        """Three days ahead or behind for a moment: what it wrote delays nothing by more than the interval."""
        ran = sweeps("quick")
        later(days=days)
        assert work() == 1
        later(seconds=31)
        assert work() == 1
        assert len(ran()) == 2

    def test_no_time_beyond_the_interval_is_waited_for(self):
        now = timezone.now()
        for queue in sweep_schedule.QUEUES:
            sweep = sweep_schedule.Sweep(f"{HERE}.quick", 30, queue)
            ahead = [timedelta(seconds=seconds) for seconds in (-1, 0, 1, 30, 31)] + [timedelta(days=3)]
            due = [sweep_runs.is_due(SweepRun(due_at=now + each), sweep, now) for each in ahead]
            assert due == [True, True, False, False, True, True], queue

    @DAYS
    def test_a_beat_of_a_wrong_clock_keeps_no_claim(self, sweeps, later, days):
        sweeps("quick")
        now = later(days=days)
        sweep_runs.claim_sweep(sweep_schedule.SWEEPS[0], "gone")
        record_heartbeat("gone", now)
        later()
        assert work() == 1

    @DAYS
    def test_a_worker_whose_clock_is_not_the_databases_stands_still(self, sweeps, monkeypatch, caplog, days):
        """It would erase and remind on a wrong day. It does not beat, so monitors take it for dead."""
        ran = sweeps("quick")
        now = timezone.now()
        monkeypatch.setattr("cms.operations.scheduler.database_clock.read_database_clock", lambda: now)
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))
        with SweepWorker().pulse:
            assert not SweepWorker().run_next()
        assert not ran() and not SweepRun.objects.exists() and not Heartbeat.objects.exists()
        assert "stands still" in caplog.text


def test_an_engine_that_does_not_exist_is_an_error_at_the_start(settings):
    settings.TASKS_ENGINE = "celary"
    with pytest.raises(CommandError, match="TASKS is 'celary'"):
        call_command("worker")


def test_clocks_of_sweeps_that_the_schedule_no_longer_lists_go(sweeps):
    sweeps("quick")
    work()
    SweepRun.objects.create(name="consultation.gone.tasks.sweep", due_at=timezone.now(), failures=3)
    sweep_runs.prune_runs()
    assert [run.name for run in SweepRun.objects.all()] == [f"{HERE}.quick"], "no old clock fails for ever"


def test_run_sweeps_runs_what_is_due_and_with_all_what_is_not(sweeps, capsys):
    ran = sweeps("quick")
    for arguments in ([], [], ["--all"]):
        call_command("run_sweeps", *arguments)
    assert capsys.readouterr().out.split("\n") == ["1 sweeps ran.", "0 sweeps ran.", "1 sweeps ran.", ""]
    assert len(ran()) == 2


def test_run_sweeps_says_which_sweep_failed(sweeps):
    sweeps("broken")
    with pytest.raises(CommandError, match="broken failed 1 times: builtins.ValueError"):
        call_command("run_sweeps")


@pytest.mark.django_db(transaction=True)
def test_two_workers_discover_in_two_consultations_at_once_and_take_up_what_a_killed_one_was_at(home, monkeypatch):
    pages = [factories.consultation(home, slug=slug, title=slug)[0] for slug in ("buses", "parks")]
    DiscoveryRun.objects.bulk_create(DiscoveryRun(consultation=page, asked_on=timezone.localdate()) for page in pages)
    discovery = next(sweep for sweep in sweep_schedule.SWEEPS if sweep.path.endswith("run_discovery"))
    monkeypatch.setattr(sweep_schedule, "SWEEPS", [discovery])
    assert sweep_runs.claim_sweep(discovery.list_parts()[0], "gone")
    at_once = threading.Barrier(2, timeout=20)

    def find(run):
        at_once.wait()
        discovery_runs._finish_run(run, DiscoveryRunStatus.DONE)

    def discover(name):
        record_heartbeat(name)
        SweepWorker(name=name).run_next()
        connection.close()

    monkeypatch.setattr(discovery_runs, "find_suggestions", find)
    workers = [threading.Thread(target=discover, args=(name,)) for name in ("one", "other")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert list(DiscoveryRun.objects.values_list("status", "tries")) == [(DiscoveryRunStatus.DONE, 1)] * 2
    sweep_runs.prune_runs()
    assert {run.name for run in SweepRun.objects.all()} == {f"{discovery.path}#{page.pk}" for page in pages}
