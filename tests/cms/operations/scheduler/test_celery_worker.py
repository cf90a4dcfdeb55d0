"""Sweeps on Celery, with a real Valkey: what a killed worker left another finishes, and no message tells anything."""

import base64
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from datetime import timedelta

import pytest
import redis
from django.utils import timezone

from cms.operations.scheduler import sweep_schedule
from tests import valkey
from tests.cms.operations.scheduler.test_killed_worker import ROOT, WORKER, lines, scratch, tables  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.valkey]


@pytest.fixture
def broker():
    with valkey.throwaway() as url:
        yield url


@pytest.fixture
def start(scratch, broker, tmp_path):  # noqa: F811
    """start(sweep, ...): a worker with the processes of its queues and the beat, in a process group of its own."""
    started = []

    def worker(*words, **more):
        environment = scratch | {"TASKS": "celery", "TASKS_BROKER_URL": broker} | more
        with open(tmp_path / f"worker{len(started)}.log", "w") as log:
            process = subprocess.Popen(
                [*WORKER, *words], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        started.append(process)
        return process

    yield worker
    for process in started:
        kill_all(process)


def kill_all(worker):
    """The worker and all processes that it started, as when a machine loses its power."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_until(scratch, true, seconds=90):  # noqa: F811
    end = time.monotonic() + seconds
    while not true(lines(scratch)):
        assert time.monotonic() < end, lines(scratch)
        time.sleep(0.1)


def test_of_two_workers_one_is_killed_and_the_other_finishes_what_it_was_at(scratch, start, tmp_path):  # noqa: F811
    first = start("default:slow")
    wait_until(scratch, lambda wrote: wrote == ["started"])
    start("default:slow", "safety:quick", SWEEP_SECONDS="0")
    wait_until(scratch, lambda wrote: "quick" in wrote)
    assert lines(scratch).count("started") == 1, "the first is alive, and at it"
    kill_all(first)
    wait_until(scratch, lambda wrote: wrote.count("started") == 2 and "finished" in wrote)
    assert lines(scratch).count("quick") == 1, "both beat, and it ran once"
    logs = "".join(path.read_text() for path in tmp_path.glob("worker*.log"))
    assert "succeeded in" not in logs and "received" not in logs, (
        "how long a run took would tell that answers had come"
    )


def test_neither_a_long_sweep_nor_a_failing_one_delays_another_queue(scratch, start):  # noqa: F811
    start("heavy:slow", "default:broken", "screening:quick")
    wait_until(scratch, lambda wrote: sorted(wrote) == ["quick", "started"])
    wait_until(scratch, lambda wrote: ask(scratch, "SELECT count(*) FROM cms_sweeprun WHERE failures > 0")[0])
    row = ask(scratch, "SELECT failures, error, due_at FROM cms_sweeprun WHERE name LIKE '%broken'")
    assert row[:2] == (1, "builtins.ValueError")
    assert str(row[2]) > str(timezone.now() + timedelta(seconds=30))[:19]


def test_a_worker_outlives_its_broker(scratch, tmp_path, start, broker):  # noqa: F811
    """Its connections are cut: it comes back, and works on."""
    start("default:quick", TASKS_BROKER_URL=broker)
    wait_until(scratch, lambda wrote: "quick" in wrote)
    client = redis.Redis.from_url(broker)
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    ask(scratch, "DELETE FROM cms_sweeprun")
    wait_until(scratch, lambda wrote: wrote.count("quick") == 2)


def ask(scratch, statement):  # noqa: F811
    with sqlite3.connect(scratch["DATABASE_URL"].removeprefix("sqlite:///"), timeout=20) as connection:
        return connection.execute(statement).fetchone()


def test_a_message_says_the_name_of_a_sweep_and_nothing_else(broker, settings):
    from cms.operations.scheduler import celery_worker

    settings.TASKS_BROKER_URL = broker
    app = celery_worker.build_app()
    sweep = next(one for one in sweep_schedule.SWEEPS if one.path == "consultation.reading.tasks.screen_unread")
    celery_worker.send_messages(app, sweep)
    client = redis.Redis.from_url(broker)
    (raw,) = client.lrange(sweep.queue, 0, -1)[:1]
    message = json.loads(raw)
    assert message["headers"]["task"] == sweep.path
    assert (message["headers"]["argsrepr"], message["headers"]["kwargsrepr"]) == ("()", "{}")
    assert json.loads(base64.b64decode(message["body"]))[:2] == [[], {}]
