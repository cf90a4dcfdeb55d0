"""The safety worker is started anew when it ends, and when it runs and screens nothing."""

import sys
import time
from datetime import timedelta

import pytest

from cms.operations.scheduler import safety_process, screening_watch
from cms.operations.scheduler.safety_process import SafetyProcess

ENDS, STAYS = "pass", "import time; time.sleep(60)"


@pytest.fixture
def keep(monkeypatch):
    """keep(code): a safety process that runs this code, looked after every twentieth of a second."""
    running = []
    monkeypatch.setattr(safety_process, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(safety_process.screening_watch, "explain_stillness", lambda: "")

    def start(code):
        monkeypatch.setattr(safety_process, "build_command", lambda interval: [sys.executable, "-c", code])
        keeper = SafetyProcess(interval=1)
        running.append(keeper)
        keeper.start()
        return keeper

    yield start
    for keeper in running:
        keeper.stop()
        assert keeper.process.poll() is not None, "it ends with the worker"


def wait_for_another(keeper):
    """Whether another process takes the place of the present one within ten seconds."""
    while keeper.process is None:
        time.sleep(0.01)
    first, end = keeper.process.pid, time.monotonic() + 10
    while keeper.process.pid == first and time.monotonic() < end:
        time.sleep(0.02)
    return keeper.process.pid != first


def test_one_that_ends_is_started_anew(keep):
    assert wait_for_another(keep(ENDS))


def test_one_that_screens_is_left_alone(keep, monkeypatch):
    monkeypatch.setattr(screening_watch, "STILL_AFTER", timedelta())
    keeper = keep(STAYS)
    time.sleep(0.5)
    assert keeper.process.poll() is None
    assert not keeper.is_stuck()


def test_one_that_stands_still_is_ended_and_started_anew(keep, monkeypatch):
    keeper = keep(STAYS)
    monkeypatch.setattr(safety_process.screening_watch, "explain_stillness", lambda: "since noon")
    assert not keeper.is_stuck(), "it has just begun"
    monkeypatch.setattr(screening_watch, "STILL_AFTER", timedelta())
    assert wait_for_another(keeper)


def test_a_look_that_fails_does_not_end_the_looking(keep, monkeypatch):
    keeper = keep(STAYS)
    monkeypatch.setattr(screening_watch, "STILL_AFTER", timedelta())
    monkeypatch.setattr(safety_process.screening_watch, "explain_stillness", lambda: 1 / 0)
    time.sleep(0.3)
    assert keeper.is_alive()
    monkeypatch.setattr(safety_process.screening_watch, "explain_stillness", lambda: "since noon")
    assert wait_for_another(keeper)
