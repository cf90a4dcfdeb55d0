"""Django's PostgreSQL backend for a database that may restart, go away or stand behind PgBouncer.

- A pooled connection that the server has closed is replaced before its use: one local poll() tells it without a query,
  so that after a restart a respondent neither waits nor sees an error. The pool's own check would query each time.
- While the database is away, or its disk hangs, only WAITERS threads of a process try it; others fail at once, and their
  pages say so. Otherwise all threads would wait, and the pages that need no database with them.
- A statement of a respondent's request ends with the request's time (consultation.domain.request_time), even when the
  network swallows the answer.
- Server-side cursors are used within a transaction alone: PgBouncer gives each other statement another connection.
"""

import select
import threading
import time
from collections import defaultdict

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel

from consultation.domain.request_time import database_seconds_left, shorten_database_time

READABLE_OR_CLOSED = select.POLLIN | getattr(select, "POLLRDHUP", 0)  # poll() always reports POLLHUP and POLLERR
PATIENCE_SECONDS = 3.0  # for a connection, as in a restart of the server
WAITERS, WAITING_SECONDS = 2, 1.0  # while it is known to be away
AWAY_SECONDS = 5.0  # after the last failure the database counts as back, and each thread tries again


class CircuitBreaker:
    """Lets all through while the database answers, and WAITERS at a time while it does not."""

    def __init__(self):
        self._places, self._failed_at, self._hangs = threading.BoundedSemaphore(WAITERS), None, False

    def connect_through(self, connect):
        """What `connect(seconds)` returns. Raises OperationalError at once where it would wait with too many others."""
        tries, left = self._is_away(), database_seconds_left()
        if left == 0 or (tries and not self._places.acquire(blocking=False)):
            raise psycopg.OperationalError("The database is away.")
        if tries:
            shorten_database_time(WAITING_SECONDS)
        seconds = WAITING_SECONDS if tries else PATIENCE_SECONDS
        try:
            connection = connect(seconds if left is None else min(seconds, left))
        except BaseException as error:
            if tries:
                self._places.release()
            if isinstance(error, psycopg.OperationalError):
                self.note_failure()
            raise
        connection.is_trial = tries
        return connection

    def end_use(self, connection):
        """The end of a use. One that tried the database and was answered says that it is back; but while its disk hangs,
        it answers all that writes nothing, so then it counts as back after AWAY_SECONDS without a failure."""
        if getattr(connection, "is_trial", False):
            connection.is_trial = False
            self._places.release()
            if not (connection.closed or self._hangs):
                self._failed_at = None

    def note_failure(self, hangs=False):
        self._failed_at, self._hangs = time.monotonic(), hangs
        shorten_database_time()

    def _is_away(self):
        return self._failed_at is not None and time.monotonic() - self._failed_at < AWAY_SECONDS


class DatabaseWrapper(base.DatabaseWrapper):
    _breakers: defaultdict[str, CircuitBreaker] = defaultdict(CircuitBreaker)

    @property
    def pool(self):
        options = self.settings_dict["OPTIONS"].get("pool")
        if options and "connection_class" not in options:  # asked for with each statement
            options["connection_class"] = make_bounded_class(self._breakers[self.alias])
        return super().pool

    def get_new_connection(self, conn_params):
        if not self.pool:
            return super().get_new_connection(conn_params)
        self.isolation_level = IsolationLevel.READ_COMMITTED
        self.pool.open()
        return self._breakers[self.alias].connect_through(self._take_live_connection)

    def _take_live_connection(self, seconds):
        """One of the pool that the server has not closed."""
        connection = self.pool.getconn(seconds)
        for _ in range(self.pool.max_size):
            if not is_connection_closed(connection):
                break
            connection.close()
            self.pool.putconn(connection)  # the pool replaces a closed connection
            connection = self.pool.getconn(seconds)
        return connection

    def _close(self):
        if (connection := self.connection) is not None:
            self._breakers[self.alias].end_use(connection)
        super()._close()

    def chunked_cursor(self):
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()


def is_connection_closed(connection):
    """Whether the server has closed it. Any readable data on an idle connection counts as closed."""
    if connection.closed:
        return True
    look = select.poll()
    look.register(connection.fileno(), READABLE_OR_CLOSED)
    return bool(look.poll(0))


def make_bounded_class(breaker):
    """The class of connections that end a statement which would exceed the time of its request."""

    class BoundedConnection(psycopg.Connection):
        def wait(self, gen, interval=0.1, timeout=None):
            left = database_seconds_left()
            if left is None:
                return super().wait(gen, interval, timeout)
            try:
                return super().wait(gen, interval, left if timeout is None else min(left, timeout))
            except psycopg.errors._WaitTimeout as error:
                self.pgconn.finish()  # in the middle of a statement it is of no more use
                breaker.note_failure(hangs=True)
                raise psycopg.OperationalError("The request's time for the database is over.") from error

    return BoundedConnection
