"""Caches in the memory of one process, so that a visit asks the database less. Each registers itself: tests clear all."""

import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError

_clearers: list[Callable[[], None]] = []


def register_cache(clear: Callable[[], None]) -> Callable[[], None]:
    """Have `clear` called by `clear_all_caches`. Also a decorator."""
    _clearers.append(clear)
    return clear


def clear_all_caches() -> None:
    """Clear every registered cache, as in a process that has just begun."""
    for clear in _clearers:
        clear()


class CachedValue[Value]:
    """One value, loaded when it is first needed and again when it is older than `seconds()`.

    `load` is given the value that grew old, or None: it may return it again if nothing has changed. While the database
    is away the value that grew old stays; where there is none, what `without_database` returns stands in.
    """

    def __init__(
        self,
        load: Callable[[Value | None], Value],
        seconds: Callable[[], float],
        without_database: Callable[[], Value] | None = None,
    ) -> None:
        self._load, self._seconds, self._without_database = load, seconds, without_database
        self.clear()
        register_cache(self.clear)

    def get(self) -> Value:
        value = self._value
        if value is None or time.monotonic() >= self._until:
            value = self._load_or_keep(value)
            self.set(value)
        return value

    def _load_or_keep(self, old: Value | None) -> Value:
        try:
            return self._load(old)
        except DatabaseError:
            if old is not None:
                return old
            if self._without_database is None:
                raise
            return self._without_database()

    def set(self, value: Value, seconds: float | None = None) -> None:
        """Take this value for the current one, for `seconds` or as long as always."""
        self._value: Value | None = value
        self._until = time.monotonic() + (self._seconds() if seconds is None else seconds)

    def clear(self, *_: Any) -> None:
        """This process loads it at the next need; others do when theirs has grown old."""
        self._value, self._until = None, 0.0
