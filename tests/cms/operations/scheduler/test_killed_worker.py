"""Real workers in their own processes: killed during a task, stopped, or two at once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
WORKER = [sys.executable, "-m", "tests.cms.operations.scheduler.run_worker"]
pytestmark = pytest.mark.slow


def environment(folder):
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'scratch.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "NO_MIGRATIONS": "1",
        "SWEEP_LOG": str(folder / "log"),
        "VAR_DIR": str(folder),
    }


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """A database file with tables and nothing in them."""
    folder = tmp_path_factory.mktemp("tables")
    command = [sys.executable, "manage.py", "migrate", "--run-syncdb", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return folder / "scratch.sqlite3"


@pytest.fixture
def scratch(tables, tmp_path):
    """A copy of it, and a place where sweeps write what they did."""
    shutil.copy(tables, tmp_path)
    (tmp_path / "log").touch()
    return environment(tmp_path)


@pytest.fixture
def start(scratch):
    started = []

    def worker(*sweeps, **more):
        process = subprocess.Popen(
            [*WORKER, *sweeps], cwd=ROOT, env=scratch | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        started.append(process)
        return process

    yield worker
    for process in started:
        process.kill()
        process.communicate()


def lines(scratch):
    return [line.split(" ")[0] for line in Path(scratch["SWEEP_LOG"]).read_text().splitlines()]


def wait_for(scratch, *expected, seconds=120):
    end = time.monotonic() + seconds
    while lines(scratch) != list(expected):
        assert time.monotonic() < end, f"{lines(scratch)}, not {list(expected)}"
        time.sleep(0.1)


def test_a_task_of_a_killed_worker_is_finished_by_the_next(scratch, start):
    first = start("default:slow")
    wait_for(scratch, "started")
    first.send_signal(signal.SIGKILL)
    first.wait()
    start("default:slow", SWEEP_SECONDS="0")
    wait_for(scratch, "started", "started", "finished")


def test_a_long_task_does_not_delay_a_safety_sweep(scratch, start):
    """The safety sweep is due only once the long task is at work."""
    worker = start("default:slow", "safety:quick")
    end = time.monotonic() + 60
    while sorted(lines(scratch)) != ["quick", "started"]:
        assert time.monotonic() < end, lines(scratch)
        time.sleep(0.1)
    pids = {line.split(" ")[1] for line in Path(scratch["SWEEP_LOG"]).read_text().splitlines()}
    assert len(pids) == 2, "each in a process of its own"
    worker.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert worker.poll() is None, "it finishes its task first"


def test_two_workers_run_a_sweep_once(scratch, start):
    workers = [start("default:quick"), start("default:quick")]
    wait_for(scratch, "quick")
    time.sleep(2)
    assert lines(scratch) == ["quick"]
    assert [worker.poll() for worker in workers] == [None, None]


def test_a_long_task_beside_a_second_worker_is_not_taken_for_dead(scratch, start):
    start("default:slow", SWEEP_SECONDS="5")
    wait_for(scratch, "started")
    start("default:slow")
    wait_for(scratch, "started", "finished")


def test_a_stuck_safety_sweep_ends_and_the_next_process_goes_on(scratch, start):
    """Its first run would take a minute; each is ended after three seconds, and the other sweep of its queue runs."""
    start("screening:slow", "screening:quick")
    end = time.monotonic() + 60
    while lines(scratch).count("started") < 2 or "quick" not in lines(scratch):
        assert time.monotonic() < end, lines(scratch)
        time.sleep(0.1)
    assert "finished" not in lines(scratch)


def test_term_lets_a_task_finish(scratch, start):
    worker = start("default:slow", SWEEP_SECONDS="2")
    wait_for(scratch, "started")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    assert lines(scratch) == ["started", "finished"]


def test_term_ends_an_idle_worker_at_once(scratch, start):
    worker = start("default:quick")
    wait_for(scratch, "quick")
    time.sleep(0.5)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
