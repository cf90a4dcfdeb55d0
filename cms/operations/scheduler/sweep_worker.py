"""django-tasks-db's worker, extended with the sweep schedule, a heartbeat and recovery from dead workers."""

import logging
import os
import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.operations.scheduler import sweep_queue
from cms.operations.scheduler.models import Heartbeat

BEAT_SECONDS = 10
REAP_SECONDS = 20
logger = logging.getLogger("cms.operations.scheduler")


class HeartbeatThread(threading.Thread):
    """Writes heartbeats on its own connection, so that a worker with a long task does not look dead."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker_id = worker_id
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(BEAT_SECONDS):
            try:
                close_old_connections()
                sweep_queue.record_heartbeat(self.worker_id)
            except DatabaseError as error:
                logger.warning("The heartbeat missed a beat: %s", type(error).__name__)
        connection.close()

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=5)


class SweepWorker(Worker):
    def __init__(self, *, interval: float = 1.0, queue: str = "*") -> None:
        super().__init__(
            queue_names=[queue],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._reap_at = 0.0

    def run_task(self, db_task_result: DBTaskResult) -> None:
        if sweep_queue.drop_unknown_task(db_task_result):
            return
        super().run_task(db_task_result)
        sweep_queue.settle_result(db_task_result)

    def work_until_empty(self) -> None:
        super().run()

    def run_for_ever(self, *, beside_parent: bool = False) -> None:
        """Until stopped: enqueue due sweeps, run one task, repeat. `beside_parent`: end when the process that started
        this one has gone, as another starts its own."""
        parent = os.getppid()
        sweep_queue.record_heartbeat(self.worker_id)
        pulse = HeartbeatThread(self.worker_id)
        pulse.start()
        try:
            while self.running and not (beside_parent and os.getppid() != parent):
                self._run_round()
        finally:
            pulse.stop()
            Heartbeat.objects.filter(worker=self.worker_id).delete()

    def _run_round(self) -> None:
        close_old_connections()
        done = self._run_tasks
        try:
            if time.monotonic() >= self._reap_at:
                self._reap_at = time.monotonic() + REAP_SECONDS
                sweep_queue.release_dead_tasks()
            sweep_queue.enqueue_due_sweeps()
            self.max_tasks = self._run_tasks + 1
            self.work_until_empty()
        except DatabaseError as error:
            # The database restarts or times out: wait and retry.
            logger.warning("The worker waits for the database: %s", type(error).__name__)
            connection.close()
        if self.running and self._run_tasks == done:
            time.sleep(self.interval)
