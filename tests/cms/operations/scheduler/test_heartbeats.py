"""A beat beside a stuck sweep says so, and a wrong clock's beat says nothing."""

import subprocess
import sys
import time
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cms.operations.scheduler import heartbeats, readiness, sweep_runs, sweep_schedule, sweep_worker
from cms.operations.scheduler.heartbeats import Pulse, record_heartbeat
from cms.operations.scheduler.models import Heartbeat, SweepRun

pytestmark = pytest.mark.django_db
QUEUES = pytest.mark.parametrize("queue", sweep_schedule.QUEUES)


@QUEUES
def test_a_sweep_at_work_for_longer_than_its_limit_is_an_alarm(sweeps, monkeypatch, queue):
    sweeps("slow", queue=queue)
    (sweep,) = sweep_schedule.SWEEPS
    pulse, began = Pulse("w"), time.monotonic()
    with pulse.beside(sweep):
        for seconds, ok in ((-5, True), (5, False)):
            monkeypatch.setattr(time, "monotonic", lambda late=seconds: began + sweep.limit.total_seconds() + late)
            pulse.beat()
            assert heartbeats.worker_age_seconds() == 0, "it is alive"
            assert readiness.check_stuck_sweeps().ok is ok
    assert "slow" in readiness.check_stuck_sweeps().says
    pulse.beat()
    assert readiness.check_stuck_sweeps().ok


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_worker_that_starts_while_the_database_is_away_waits_for_it(monkeypatch, error):
    away = Mock(side_effect=error("away"))
    for module in (heartbeats, sweep_worker):
        monkeypatch.setattr(module, "connection", Mock())
        monkeypatch.setattr(module, "is_clock_wrong", away)
    worker = sweep_worker.SweepWorker()
    monkeypatch.setattr(worker.stopping, "wait", lambda seconds: away.call_count >= 3 and worker.stop())
    worker.run_for_ever()
    assert away.call_count == 3, "one beat and two looks for sweeps"


def test_a_dead_worker_is_stuck_at_nothing(sweeps):
    """That it died is what readiness says then."""
    sweeps("slow")
    now = timezone.now()
    path = sweep_schedule.SWEEPS[0].path
    record_heartbeat("w", now - timedelta(minutes=2), sweep=path, since=now - timedelta(hours=3))
    assert readiness.check_stuck_sweeps().ok and not readiness.check_worker().ok


@pytest.mark.parametrize("days", [3, -3])
def test_a_beat_of_a_wrong_clock_is_no_sign_of_life(days):
    record_heartbeat("w", timezone.now() + timedelta(days=days))
    assert not readiness.check_worker().ok
    record_heartbeat("v", timezone.now())
    assert readiness.check_worker().ok


@pytest.mark.parametrize("failures", [1, sweep_runs.DEAD_LETTER])
def test_a_sweep_that_fails_again_and_again_is_an_alarm(sweeps, failures):
    sweeps("quick")
    path = sweep_schedule.SWEEPS[0].path
    SweepRun.objects.create(name=path, due_at=timezone.now(), failures=failures, error="builtins.KeyError")
    assert not readiness.check_sweeps().ok
    assert readiness.check_given_up().ok is (failures < sweep_runs.DEAD_LETTER)


def test_old_beats_and_those_of_the_future_go():
    now = timezone.now()
    for name, days in (("old", -2), ("new", 0), ("future", 3)):
        record_heartbeat(name, now + timedelta(days=days))
    heartbeats.delete_old_heartbeats(now)
    assert [beat.worker for beat in Heartbeat.objects.all()] == ["new"]


ENDS = """
import re, time
import django; django.setup()
from datetime import timedelta
from cms.operations.scheduler import heartbeats, sweep_schedule
sweep_schedule.LIMITS = {"screening": 1, "default": 1}
pulse = heartbeats.Pulse("w")
pulse.is_alive = lambda: True
with pulse.beside(sweep_schedule.Sweep("the.sweep", 30, "%s")):
    %s
print("went on")
"""
HOLDS_ALL_THREADS = 're.match("(a+)+$", "a" * 29 + "b")'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("queue", "does", "ended"),
    [
        ("screening", HOLDS_ALL_THREADS, True),
        ("screening", "time.sleep(9)", True),
        ("default", "time.sleep(2)", False),
    ],
)
def test_a_safety_sweep_past_its_limit_ends_its_process_whatever_it_does(tmp_path, queue, does, ended):
    """Its keeper starts it anew. Another sweep may take long for a reason: there a person decides."""
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", ENDS % (queue, does)], capture_output=True, text=True, timeout=120)
    assert (done.returncode != 0) is ended and ("went on" in done.stdout) is not ended
    assert not ended or "Timeout" in done.stderr
    assert "aaaa" not in done.stderr, "a traceback without values"
    assert time.monotonic() - began < 100
