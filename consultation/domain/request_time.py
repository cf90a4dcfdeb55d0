"""How long one request may wait for the database, over all that it asks: a visitor gets an answer or kind words in time.

The middleware of respondents' pages sets the time; cms.operations.postgresql ends a statement or a connection that would
exceed it. Workers and staff pages have none.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)


@contextmanager
def limit_database_time(seconds: float) -> Iterator[None]:
    """Let the database take so many seconds within this block, and no more."""
    token = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(token)


def database_seconds_left() -> float | None:
    """Seconds that the database may still take for this request, 0 when they are over; None without a limit."""
    ends_at = _ends_at.get()
    return None if ends_at is None else max(0.0, ends_at - time.monotonic())


def shorten_database_time(seconds: float = 0.0) -> None:
    """Use no more than so many seconds of this request on the database: it is away, and what remains needs to be told
    kindly."""
    left = database_seconds_left()
    if left is not None:
        _ends_at.set(time.monotonic() + min(seconds, left))
