from datetime import timedelta

import pytest
from django.utils import timezone

from cms.operations.scheduler import heartbeats, sweep_schedule, sweep_worker

HERE = "tests.cms.operations.scheduler.sweeps"


@pytest.fixture(autouse=True)
def keep_connection(monkeypatch):
    """A worker drops old connections; the one that holds a test's transaction must stay. And its pulse, which has a
    connection of its own, beats at the start alone."""
    monkeypatch.setattr(sweep_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(heartbeats.Pulse, "start", lambda pulse: None)
    monkeypatch.setattr(heartbeats.Pulse, "join", lambda pulse, timeout: None)


@pytest.fixture
def sweeps(monkeypatch, tmp_path):
    """sweeps(name, ...): make these the schedule; returns the lines that they have written."""
    log = tmp_path / "log"
    monkeypatch.setenv("SWEEP_LOG", str(log))

    def choose(*names, seconds=30, **more):
        plan = [sweep_schedule.Sweep(f"{HERE}.{name}", seconds, **more) for name in names]
        monkeypatch.setattr(sweep_schedule, "SWEEPS", plan)
        return lambda: log.read_text().split("\n")[:-1] if log.exists() else []

    return choose


@pytest.fixture
def later(monkeypatch):
    """later(minutes=5): what the database's clock says from now on; the machine's own agrees."""

    def move(**much):
        now = timezone.now() + timedelta(**much)
        for module in ("heartbeats", "sweep_runs", "sweep_worker", "screening_watch", "tasks"):
            monkeypatch.setattr(f"cms.operations.scheduler.{module}.read_database_clock", lambda: now)
        return now

    return move
