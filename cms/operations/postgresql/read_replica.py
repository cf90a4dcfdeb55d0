"""Planners' pages read from a replica of the database (DATABASE_REPLICA_URL), so that their reports slow no answer down.

Only while it is fresh: it has replayed all that the primary had written a second before. Else, or where it fails in the
middle of a page, the primary answers. Who has just changed something reads from the primary, and so does everything that
decides what a person may see: accounts, sessions, agreements.
"""

import threading
import time
from contextvars import ContextVar

from django.conf import settings
from django.db import Error, OperationalError, connections

REPLICA, PRIMARY = "replica", "default"
READ_THERE = ("insights", "consultation")  # app labels
PAGES = "/insights/"
CHECK_SECONDS, OLDEST_CHECK = 1.0, 5.0
WROTE = "wrote"  # cookie of a person who has just changed something
WROTE_SECONDS = 10
_reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)


class FreshnessWatch:
    """Whether the replica has what the primary had a moment ago; asked of both once a second at most."""

    def __init__(self, primary=PRIMARY, replica=REPLICA):
        self.primary, self.replica = primary, replica
        self._lock, self._fresh, self._checked_at, self._position = threading.Lock(), False, 0.0, None

    def is_fresh(self):
        with self._lock:
            if time.monotonic() - self._checked_at >= CHECK_SECONDS:
                self._check()
            return self._fresh

    def distrust(self):
        """Read from the primary until the next check."""
        self._fresh, self._checked_at = False, time.monotonic()

    def _check(self):
        recent = self._position if time.monotonic() - self._checked_at < OLDEST_CHECK else None
        self._fresh, now = False, None
        try:
            now = _ask_database(self.primary, "SELECT pg_current_wal_lsn() - '0/0'")
            replayed = _ask_database(self.replica, "SELECT pg_last_wal_replay_lsn() - '0/0'")
            self._fresh = replayed is not None and replayed >= (now if recent is None else recent)
        except Error:
            connections[self.replica].close()
        self._position, self._checked_at = now, time.monotonic()


def _ask_database(alias, sql):
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


watch = FreshnessWatch()


class ReplicaRouter:
    """Sends reads of planners' pages to the replica, and everything else to the primary."""

    def db_for_read(self, model, **hints):
        return REPLICA if _reads_there.get() and model._meta.app_label in READ_THERE else PRIMARY

    def db_for_write(self, model, **hints):
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


class ReplicaMiddleware:
    """Lets a planner's page read from the replica while it is fresh; where it fails, asks for the page once more."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PAGES):
            return self.get_response(request)
        reads = request.method in ("GET", "HEAD")
        token = _reads_there.set(reads and WROTE not in request.COOKIES and watch.is_fresh())
        try:
            response = self.get_response(request)
        finally:
            _reads_there.reset(token)
        if not reads:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(WROTE, "1", WROTE_SECONDS, path=PAGES, secure=secure, httponly=True, samesite="Lax")
        return response

    def process_exception(self, request, error):
        if not (_reads_there.get() and isinstance(error, OperationalError)):
            return None
        watch.distrust()
        _reads_there.set(False)
        match = request.resolver_match
        return match.func(request, *match.args, **match.kwargs)
