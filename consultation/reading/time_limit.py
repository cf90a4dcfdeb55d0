"""A limit on what one text may take of a sweep: one past it counts as one that cannot be read by the machine, and a person
reads it. Without that, the sweep's process would be ended at its limit and meet the same text again."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

AGAIN = 1.0  # seconds: where Python ignores an exception, as in a finaliser, the next one ends the block


class TimeLimitExceeded(Exception):  # noqa: N818  says what happened
    """The block did not end within its seconds."""


def _give_up(*signalled: object) -> None:
    raise TimeLimitExceeded


@contextmanager
def limit_seconds(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in the block after so many seconds, also within a regular expression.

    Sweeps run in the main thread of a process. In another thread, as of a web process, nothing is limited: its server ends
    what takes too long.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def load_screen() -> None:
    """Load the models before a text is timed: on a busy machine that takes long, and would be begun again each time."""
    from consultation.reading import screening

    screening.screen_text("I am scared to go home.")


@cache
def load_redaction() -> None:
    """As `load_screen`."""
    from consultation.reading import redaction

    redaction.propose_spans("Kieran and Tasha went to 4 Mill Lane.", language="en")
