"""Releases that the person who looks may not see: those that were released to one other agency alone.

The room of partners says which, around a request (`withhold_releases`); within it `Release.objects.published()` finds none
of them, so that no page, file or sum over releases holds their figures.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

tied_releases_asked = Signal()  # -> ids of the releases that are for one agency alone

_withheld: ContextVar[frozenset[int]] = ContextVar("releases that this person may not see", default=frozenset())


@contextmanager
def withhold_releases(releases: Iterable[int]) -> Iterator[None]:
    """Adds to what is withheld already."""
    before = _withheld.set(list_withheld() | frozenset(releases))
    try:
        yield
    finally:
        _withheld.reset(before)


def list_withheld() -> frozenset[int]:
    return _withheld.get()
