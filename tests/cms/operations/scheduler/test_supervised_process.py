"""The process of a queue is started anew when it ends, under its old name."""

import sys
import time

import pytest

from cms.operations.scheduler import supervised_process
from cms.operations.scheduler.supervised_process import SupervisedProcess

ENDS, STAYS = "pass", "import time; time.sleep(60)"


@pytest.fixture
def keep(monkeypatch):
    """keep(code): a supervised process that runs this code, looked after every twentieth of a second."""
    running, monkey = [], monkeypatch
    monkey.setattr(supervised_process, "LOOK_SECONDS", 0.05)

    def start(code):
        monkey.setattr(supervised_process, "build_command", lambda queue, **options: [sys.executable, "-c", code])
        keeper = SupervisedProcess("screening", interval=1)
        running.append(keeper)
        keeper.start()
        while keeper.process is None:
            time.sleep(0.01)
        return keeper

    yield start
    for keeper in running:
        keeper.stop()
        assert keeper.process.poll() is not None, "it ends with the worker"


def wait_for_another(keeper, first):
    """Whether another process takes the place of the first within ten seconds."""
    end = time.monotonic() + 10
    while keeper.process is first and time.monotonic() < end:
        time.sleep(0.02)
    return keeper.process is not first


def test_one_that_ends_is_started_anew(keep, caplog):
    keeper = keep(ENDS)
    assert wait_for_another(keeper, keeper.process)
    assert "The screening worker ended by itself" in caplog.text


def test_one_that_works_is_left_alone(keep):
    keeper = keep(STAYS)
    first = keeper.process
    time.sleep(0.3)
    assert keeper.process is first and first.poll() is None


def refuse_to_start(*args, **kwargs):
    raise BlockingIOError("no process left")


def test_a_start_that_fails_does_not_end_the_looking(keep, monkeypatch):
    keeper = keep(STAYS)
    first, real = keeper.process, supervised_process.subprocess.Popen
    monkeypatch.setattr(supervised_process.subprocess, "Popen", refuse_to_start)
    first.kill()
    time.sleep(0.3)
    assert keeper.process is first and keeper.is_alive()
    monkeypatch.setattr(supervised_process.subprocess, "Popen", real)
    assert wait_for_another(keeper, first)


def test_the_command_names_queue_and_name():
    command = supervised_process.build_command("screening", name="abc", interval=1)
    assert command[2:] == ["worker", "--queue", "screening", "--name", "abc", "--interval", "1"]
