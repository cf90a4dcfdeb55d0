"""gunicorn settings: threads, no access log, and logs without times, addresses or paths (A6)."""

import os

from gunicorn.glogging import Logger

from cms.settings.logs import LOGGING


class NoAccessLog(Logger):
    """With a logconfig, gunicorn would still format each request, address included, for a disabled access log."""

    def _compute_access_log_enabled(self):
        return False


def post_fork(server, worker):
    """Each web process watches whether answers are being screened: a path that does not hang on the worker."""
    from cms.operations.scheduler.screening_watch import ScreeningWatch

    ScreeningWatch().start()


bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the processes share what is loaded: half the time to start, and much of the memory
timeout = 60
graceful_timeout = 20
accesslog = None
logger_class = NoAccessLog
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
logconfig_dict = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}
