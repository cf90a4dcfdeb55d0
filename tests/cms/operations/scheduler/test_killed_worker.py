"""Real workers in their own processes: killed during a task, stopped, or two at once."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.loaded_site import LoadedSite

ROOT = Path(__file__).resolve().parents[4]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("workers")


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
def loaded(folder):
    """The process whose forks are the workers, and a database with tables and nothing in them."""
    site = LoadedSite(ROOT, environment(folder))
    said = folder / "migrate"
    assert site.start(["manage.py", "migrate", "--run-syncdb", "-v0"], out=said).wait() == 0, said.read_text()
    shutil.copy(folder / "scratch.sqlite3", folder / "tables.sqlite3")
    yield site
    site.end()


@pytest.fixture
def start(loaded, folder):
    """Starts workers on an empty database; sweeps write what they did into the log."""
    for old in folder.glob("scratch.sqlite3*"):
        old.unlink()
    shutil.copy(folder / "tables.sqlite3", folder / "scratch.sqlite3")
    (folder / "log").write_text("")
    started = []

    def worker(*sweeps, **more):
        command = ["-m", "tests.cms.operations.scheduler.run_worker", *sweeps]
        started.append(loaded.start(command, out=folder / "said", **more))
        return started[-1]

    yield worker
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.wait()


def lines(folder):
    return [line.split(" ")[0] for line in (folder / "log").read_text().splitlines()]


def wait_for(folder, *expected, seconds=120):
    end = time.monotonic() + seconds
    while lines(folder) != list(expected):
        assert time.monotonic() < end, f"{lines(folder)}, not {list(expected)}"
        time.sleep(0.02)


def test_a_task_of_a_killed_worker_is_finished_by_the_next(folder, start):
    first = start("slow")
    wait_for(folder, "started")
    first.send_signal(signal.SIGKILL)
    first.wait()
    start("slow", SWEEP_SECONDS="0")
    wait_for(folder, "started", "started", "finished")


def test_two_workers_run_a_sweep_once(folder, start):
    workers = [start("quick"), start("quick")]
    wait_for(folder, "quick")
    time.sleep(1)  # ten rounds of each
    assert lines(folder) == ["quick"]
    assert [worker.poll() for worker in workers] == [None, None]


def test_a_long_task_beside_a_second_worker_is_not_taken_for_dead(folder, start):
    start("slow", SWEEP_SECONDS="3.5")
    wait_for(folder, "started")
    start("slow")
    wait_for(folder, "started", "finished")


def test_term_lets_a_task_finish(folder, start):
    worker = start("slow", SWEEP_SECONDS="1")
    wait_for(folder, "started")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    assert lines(folder) == ["started", "finished"]


def test_term_ends_an_idle_worker_at_once(folder, start):
    worker = start("quick")
    wait_for(folder, "quick")
    time.sleep(0.5)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
