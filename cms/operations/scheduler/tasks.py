import urllib.request

from django.conf import settings

from cms.operations.scheduler import heartbeats, sweep_runs
from cms.operations.scheduler.database_clock import read_database_clock
from cms.operations.scheduler.screening_watch import explain_stall

PING_SECONDS = 10


def prune_schedule() -> None:
    sweep_runs.prune_runs()
    heartbeats.delete_old_heartbeats(read_database_clock())


def ping_monitor() -> None:
    """A dead man's switch: the address is fetched while screening is caught up. When that ends, for whatever reason, the
    monitor behind it tells somebody."""
    if settings.WORKER_PING_URL and not explain_stall():
        urllib.request.urlopen(settings.WORKER_PING_URL, timeout=PING_SECONDS).close()  # noqa: S310
