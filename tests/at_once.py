"""Acts of two people at the same moment, each on a connection of its own."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connections

from consultation.access import NotAllowed


def together(*verbs):
    """The result of each act, or its refusal in words."""
    gate = threading.Barrier(len(verbs))

    def run(verb):
        gate.wait()
        try:
            return verb()
        except ValidationError as error:
            return " ".join(error.messages)
        except NotAllowed as error:
            return str(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def meet_in(monkeypatch, *places, seconds=0.5):
    """Whoever calls one of these functions (module, name) waits there until another does; or for so many seconds, where
    the other waits for a lock that this one holds."""
    both = threading.Barrier(2)

    def wait_before(call):
        def wait_then_call(*given, **named):
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(seconds)
            return call(*given, **named)

        return wait_then_call

    for module, name in places:
        monkeypatch.setattr(module, name, wait_before(getattr(module, name)))
