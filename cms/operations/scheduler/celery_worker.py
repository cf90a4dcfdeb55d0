"""The sweeps on Celery, by the setting `TASKS=celery`: a broker (Valkey, Redis, RabbitMQ) instead of a look each second.

A message is the name of a sweep and says nothing else. Whether the sweep is due, who runs it, its retries and failures
stand in the database as without Celery (`sweep_runs`), so a message that comes twice, late or never does no harm: the next
one comes within half a minute, also to a sweep whose worker was killed.
"""

import contextlib
import logging
import signal
import sys
import time
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from celery.worker.request import Request
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from kombu.exceptions import OperationalError

from cms.operations.scheduler import sweep_schedule
from cms.operations.scheduler.database_clock import is_clock_wrong
from cms.operations.scheduler.heartbeats import Pulse
from cms.operations.scheduler.supervised_process import SupervisedProcess
from cms.operations.scheduler.sweep_schedule import Sweep
from cms.operations.scheduler.sweep_worker import run_if_due

LONGEST_PAUSE = 30  # seconds between two messages of one sweep, at most
EXPIRES = 600  # seconds; more than clocks of machines differ
SHARES = 8  # messages to a sweep that so many workers may run side by side
logger = logging.getLogger("cms.operations.scheduler")
_pulses: list[Pulse] = []  # this process's


@worker_process_init.connect(weak=False)
def start_pulse(**kwargs: Any) -> None:
    pulse = Pulse(get_random_string(32))
    pulse.__enter__()
    _pulses[:] = [pulse]


def run_message(sweep: Sweep) -> None:
    """Run the sweep if it is due, and again while it leaves something waiting."""
    try:
        if is_clock_wrong():
            logger.error("The clock of this machine is not the database's: its worker stands still.")
            return
        for part in sweep.list_parts():
            while run_if_due(part, _pulses[0]):
                pass
    except (DatabaseError, InterfaceError) as error:
        logger.warning("The worker waits for the database: %s", type(error).__name__)
        connection.close()


def build_app() -> Celery:
    app = Celery("sweeps", broker=settings.TASKS_BROKER_URL, set_as_current=False)
    app.conf.update(
        broker_connection_max_retries=None,
        broker_connection_retry_on_startup=True,
        task_ignore_result=True,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_prefetch_multiplier=1,
        worker_redirect_stdouts=False,
    )
    for sweep in sweep_schedule.SWEEPS:
        register_sweep(app, sweep)
    # How long each run took would tell whether answers had come.
    logging.getLogger("celery").setLevel(logging.WARNING)
    return app


class RenewingRequest(Request):
    """A message whose acknowledgement fails renews the connection. Celery logs the failure and goes on; over Valkey its
    worker then waits for that message for ever and takes no other."""

    acknowledged: bool

    def acknowledge(self) -> None:
        if not self.acknowledged:
            self._on_ack(logger, ())  # no error is caught, so the loop of the worker gets it, and connects again
            self.acknowledged = True


def register_sweep(app: Celery, sweep: Sweep) -> None:
    @app.task(name=sweep.path, Request=RenewingRequest)
    def run() -> None:
        run_message(sweep)


def send_messages(app: Celery, sweep: Sweep) -> None:
    for _ in range(SHARES if sweep.shared or sweep.parts else 1):
        app.send_task(sweep.path, queue=sweep.queue, expires=EXPIRES, retry=False)


def beat_for_ever(app: Celery) -> None:
    """Send each sweep's messages in its interval, by a clock that nobody sets. Any number of machines may do so."""
    next_at = {sweep.path: 0.0 for sweep in sweep_schedule.SWEEPS}
    while True:
        now = time.monotonic()
        for sweep in sweep_schedule.SWEEPS:
            if now < next_at[sweep.path]:
                continue
            next_at[sweep.path] = now + min(sweep.seconds, LONGEST_PAUSE)
            try:
                send_messages(app, sweep)
            except OperationalError as error:
                logger.error("The broker cannot be reached: %s", type(error).__name__)
                break
        time.sleep(1)


def run_worker(queue: str | None, processes: int) -> None:
    """A Celery worker of one queue; without one, of each in its process, and the beat."""
    app = build_app()
    if queue:
        name = f"{queue}-{get_random_string(8)}@%h"
        options = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING", "--hostname", name]
        app.worker_main(["--quiet", "worker", "--queues", queue, "--concurrency", str(processes), *options])
        return
    signal.signal(signal.SIGTERM, lambda *told: sys.exit(0))
    with contextlib.ExitStack() as kept, contextlib.suppress(KeyboardInterrupt):
        for each in sweep_schedule.list_used_queues():
            process = SupervisedProcess(each, processes=processes)
            process.start()
            kept.callback(process.stop)
        beat_for_ever(app)
