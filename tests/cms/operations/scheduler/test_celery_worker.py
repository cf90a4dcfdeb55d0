"""Sweeps on Celery, with a real Valkey and RabbitMQ: what a killed worker left another finishes, and no message tells
anything."""

import base64
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from cms.operations.scheduler import sweep_schedule
from tests import brokers
from tests.cms.operations.scheduler.test_killed_worker import ROOT, WORKER, lines, scratch, tables  # noqa: F401

pytestmark = pytest.mark.slow
on_each_broker = pytest.mark.parametrize(
    "broker",
    [
        pytest.param(brokers.Valkey, marks=pytest.mark.valkey),
        pytest.param(brokers.RabbitMQ, marks=pytest.mark.rabbitmq),
    ],
    indirect=True,
)
on_valkey = pytest.mark.parametrize(
    "broker", [pytest.param(brokers.Valkey, marks=pytest.mark.valkey)], indirect=True, ids=[""]
)


@pytest.fixture
def broker(request):
    with brokers.throwaway(request.param) as server:
        yield server


@pytest.fixture
def start(scratch, broker, tmp_path):  # noqa: F811
    """start(sweep, ...): a worker with the processes of its queues and the beat, in a process group of its own."""
    started = []

    def worker(*words, **more):
        environment = scratch | {"TASKS": "celery", "TASKS_BROKER_URL": broker.url} | more
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


@on_each_broker
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


@on_valkey
def test_neither_a_long_sweep_nor_a_failing_one_delays_another_queue(scratch, start):  # noqa: F811
    start("heavy:slow", "default:broken", "screening:quick")
    wait_until(scratch, lambda wrote: sorted(wrote) == ["quick", "started"])
    wait_until(scratch, lambda wrote: ask(scratch, "SELECT count(*) FROM cms_sweeprun WHERE failures > 0")[0])
    row = ask(scratch, "SELECT failures, error, due_at FROM cms_sweeprun WHERE name LIKE '%broken'")
    assert row[:2] == (1, "builtins.ValueError")
    assert str(row[2]) > str(timezone.now() + timedelta(seconds=30))[:19]


@on_each_broker
def test_a_worker_outlives_its_broker(scratch, start, broker):  # noqa: F811
    """The broker is killed, as a rule after it gave a message and before the worker acknowledged it, and started again with
    nothing or with what it kept: the worker comes back, and works on."""
    start("default:quick")
    # Stopped while it writes that the sweep is finished, it would hold the database.
    wait_until(scratch, lambda wrote: ask(scratch, "SELECT count(finished_at) FROM cms_sweeprun")[0])
    # This process runs the sweeps; another one talks with the broker.
    process = int(Path(scratch["SWEEP_LOG"]).read_text().split()[1])
    os.kill(process, signal.SIGSTOP)
    ask(scratch, "DELETE FROM cms_sweeprun")
    time.sleep(2)  # the next message comes within a second
    broker.kill()
    os.kill(process, signal.SIGCONT)
    time.sleep(2)  # it tries to acknowledge the message
    broker.start()
    wait_until(scratch, lambda wrote: wrote.count("quick") == 2)
    ask(scratch, "DELETE FROM cms_sweeprun")
    wait_until(scratch, lambda wrote: wrote.count("quick") == 3)


def ask(scratch, statement):  # noqa: F811
    path = scratch["DATABASE_URL"].removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
        return connection.execute(statement).fetchone()


@on_valkey
def test_a_message_says_the_name_of_a_sweep_and_nothing_else(broker, settings):
    from cms.operations.scheduler import celery_worker

    settings.TASKS_BROKER_URL = broker.url
    app = celery_worker.build_app()
    sweep = next(one for one in sweep_schedule.SWEEPS if one.path == "consultation.reading.tasks.screen_unread")
    celery_worker.send_messages(app, sweep)
    client = redis.Redis.from_url(broker.url)
    (raw,) = client.lrange(sweep.queue, 0, -1)[:1]
    message = json.loads(raw)
    assert message["headers"]["task"] == sweep.path
    assert (message["headers"]["argsrepr"], message["headers"]["kwargsrepr"]) == ("()", "{}")
    assert json.loads(base64.b64decode(message["body"]))[:2] == [[], {}]
